using SignalExchange.Cli.Import;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Cli.Tests.Import;

/// <summary>Rows that the exchange could not take just then are imported by a later run, and nothing twice.</summary>
public sealed class ImportRunTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _file = Path.GetTempFileName();
    private readonly FakeSignalExchange _exchange = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ErrorReason.StorageUnavailable)]
    [InlineData(ErrorReason.WriteQueueFull)]
    [InlineData(ErrorReason.WriteConflict)]
    public async Task What_was_refused_for_a_reason_that_passes_is_sent_by_the_next_run(ErrorReason reason)
    {
        await WriteRows(4);
        Refuse(ErrorReason.Unspecified, reason, ErrorReason.Unspecified, reason);

        var first = await Run();
        var second = await Run();
        var third = await Run();

        Assert.Equal((2L, ExitCodes.Unavailable), (first.Accepted, first.ExitCode));
        Assert.Equal([3L, 5L], first.Left.Select(it => it.Line));
        Assert.Empty(first.Refused);
        Assert.Equal((2L, 2L, ExitCodes.Done), (second.Accepted, second.AnsweredBefore, second.ExitCode));
        Assert.Equal((0L, 4L, ExitCodes.Done), (third.Accepted, third.AnsweredBefore, third.ExitCode));
        Assert.All(await Revisions(4), revision => Assert.Equal(1u, revision));
    }

    [Fact]
    public async Task What_is_refused_for_good_is_not_sent_again()
    {
        await WriteRows(2);
        Refuse(ErrorReason.ManualReviewStands, ErrorReason.StorageUnavailable);

        var first = await Run();
        var second = await Run();

        Assert.Equal((ExitCodes.Unavailable, 1, 1), (first.ExitCode, first.Refused.Count, first.Left.Count));
        Assert.Equal((1L, 1L), (second.Accepted, second.AnsweredBefore));
    }

    [Fact]
    public async Task What_was_left_further_down_stays_left_when_a_run_stops_before_it()
    {
        await WriteRows(3);
        Refuse(ErrorReason.StorageUnavailable, ErrorReason.Unspecified, ErrorReason.StorageUnavailable);
        await Run();

        var stopped = await Open();
        await stopped.Save(1, [], Ct); // as after the first row's answer, before the third's
        var next = await Run();

        Assert.Equal((1L, 2L), (next.Accepted, next.AnsweredBefore));
    }

    [Fact]
    public async Task A_run_that_is_ended_in_the_middle_is_gone_on_with_by_the_next_and_nothing_is_said_twice()
    {
        const int rows = 6_000; // more than are under way at once: some are answered then, some sent, some neither
        await WriteRows(rows);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var ticks = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Run(
                () =>
                {
                    if (++ticks == 750)
                    {
                        ended.Cancel();
                    }
                },
                ended.Token
            )
        );
        var second = await Run();
        var third = await Run();

        Assert.Equal((500L, ExitCodes.Done), (second.AnsweredBefore, second.ExitCode)); // as far as was remembered
        Assert.Equal(rows, second.AnsweredBefore + second.AlreadyKnown + second.Accepted);
        Assert.InRange(second.AlreadyKnown, 500, rows - 501);
        Assert.InRange(second.Accepted, 1, rows - 1_000);
        Assert.Equal((0L, 0L, rows), (third.Accepted, third.AlreadyKnown, third.AnsweredBefore));
        Assert.All(await Revisions(rows), revision => Assert.Equal(1u, revision));
    }

    [Fact]
    public async Task An_exchange_that_takes_nothing_is_not_asked_for_all_of_a_long_file()
    {
        var rows = ImportRun.MaxLeft + 10_000;
        await WriteRows(rows);
        _exchange.RefuseNext(ErrorReason.StorageUnavailable, rows);

        var report = await Run();

        Assert.True(report.IsCutShort);
        Assert.InRange(report.RowsRead, ImportRun.MaxLeft, rows - 1);
        Assert.Equal(report.RowsRead, report.Left.Count);
    }

    [Fact]
    public async Task The_report_names_what_was_left_apart_and_holds_no_identifier()
    {
        await WriteRows(2);
        Refuse(ErrorReason.WriteQueueFull);
        using var output = new StringWriter();

        await (await Run()).Print(output, isJson: false);

        var text = output.ToString();
        Assert.Contains("line 2: left for another run: WRITE_QUEUE_FULL", text, StringComparison.Ordinal);
        Assert.Contains("0 refused, 1 left.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mail.example", text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        File.Delete(_file);
        File.Delete(_file + ".sigx");
    }

    private void Refuse(params ErrorReason[] reasons) => Array.ForEach(reasons, reason => _exchange.RefuseNext(reason));

    private Task WriteRows(int count) =>
        File.WriteAllLinesAsync(
            _file,
            ["type,identifier", .. Enumerable.Range(0, count).Select(row => $"email,{NameOf(row)}")],
            Ct
        );

    private static string NameOf(int row) => $"row-{row}@mail.example";

    private Task<ImportProgress> Open() => ImportProgress.Open(_file, "said", Now, Ct);

    private Task<ImportReport> Run() => Run(() => { }, Ct);

    private async Task<ImportReport> Run(Action tick, CancellationToken cancellationToken)
    {
        var progress = await Open();
        var run = new ImportRun(
            _exchange.CreateClient("platform-a"),
            _file,
            null,
            progress,
            _ => Statements.Valid(progress.StartedAt, _ => { })
        );
        return await run.Run(tick, cancellationToken);
    }

    private async Task<IReadOnlyList<uint>> Revisions(int count)
    {
        var client = _exchange.CreateClient("platform-b");
        var revisions = new List<uint>();
        for (var row = 0; row < count; row++)
        {
            var result = await client.CheckAsync(Identifier.Email(NameOf(row)).Identifier!, CheckPurpose.Test, Ct);
            revisions.Add(Assert.Single(result.Verdict!.Signals).Revision);
        }

        return revisions;
    }
}
