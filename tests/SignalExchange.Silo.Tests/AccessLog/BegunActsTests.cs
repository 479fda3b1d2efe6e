using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>No act of administration is in force without an entry, whatever fails or dies while it is done.</summary>
public sealed class BegunActsTests(ScriptedLogExchange log) : IClassFixture<ScriptedLogExchange>
{
    private const string Suspend = "/signalexchange.v1.MemberService/SuspendMember";
    private const string Submit = "/signalexchange.v1.SignalService/Submit";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ExchangeFixture Exchange => log.Exchange;

    [Fact]
    public async Task An_act_is_on_record_before_it_is_done_and_again_with_what_came_of_it()
    {
        await Exchange.AddMember("twice-recorded");
        var before = Exchange.Log.Size;

        await SuspendIn(Exchange, "twice-recorded");

        var entries = await Exchange.AllEntriesSince(before);
        var (begun, final) = (entries[0], entries[1]);
        Assert.Equal((Suspend, true, 2u), (begun.Method, begun.IsBegun, begun.StatusCode));
        Assert.Equal((Suspend, false, 0u), (final.Method, final.IsBegun, final.StatusCode));
        Assert.Equal((ulong)before, final.BegunIndex);
        Assert.False(begun.HasBegunIndex);
        Assert.Equal((begun.Actor, begun.RequestId, begun.Salt), (final.Actor, final.RequestId, final.Salt));
        Assert.Equal(("twice-recorded", "twice-recorded"), (begun.SubjectMemberId, final.SubjectMemberId));
        Assert.Equal(("asked.member_id", "twice-recorded"), Single(begun));
        Assert.Contains(final.Changes, it => it.Setting == "member.state" && it.NewValue.Contains("Suspended"));
    }

    [Fact]
    public async Task What_an_act_asks_for_is_in_the_entry_that_it_was_begun_but_no_key()
    {
        using var member = new TestMember("asks-for-much");
        var before = Exchange.Log.Size;

        await Members(Exchange)
            .AddMemberAsync(
                new()
                {
                    MemberId = member.MemberId,
                    PublicKey = Google.Protobuf.ByteString.CopyFrom(member.PublicKey),
                    Jurisdictions = { "DE", "not a country" },
                },
                cancellationToken: Ct
            )
            .ResponseAsync.ContinueWith(static _ => { }, TaskScheduler.Default);

        var begun = (await Exchange.AllEntriesSince(before))[0];
        Assert.True(begun.IsBegun);
        Assert.Equal(
            [("asked.member_id", "asks-for-much"), ("asked.jurisdictions", "DE")],
            begun.Changes.Select(it => (it.Setting, it.NewValue))
        );
    }

    [Fact]
    public async Task An_act_whose_beginning_cannot_be_recorded_is_not_done()
    {
        await Exchange.AddMember("stays-active");
        log.Break();

        var reason = await RpcErrors.ReasonOf(() => SuspendIn(Exchange, "stays-active"));

        Assert.Equal(ErrorReason.LogUnavailable, reason);
        log.Mend();
        Assert.Equal(MemberState.Active, await StateIn(Exchange, "stays-active"));
    }

    [Fact]
    public async Task An_act_whose_end_cannot_be_recorded_is_on_record_all_the_same()
    {
        await Exchange.AddMember("goes-unfinished");
        var before = Exchange.Log.Size;
        log.Store.AfterAppend = () =>
        {
            log.Break();
            return Task.CompletedTask;
        };

        var reason = await RpcErrors.ReasonOf(() => SuspendIn(Exchange, "goes-unfinished"));

        log.Store.AfterAppend = () => Task.CompletedTask;
        log.Mend();
        Assert.Equal(ErrorReason.LogUnavailable, reason);
        await SuspendIn(Exchange, "goes-unfinished"); // as a caller does who was told to try again
        var entries = (await Exchange.AllEntriesSince(before)).Where(it => it.Method == Suspend).ToList();
        Assert.Equal([true, true, false], entries.Select(it => it.IsBegun));
        Assert.Equal((ulong)before + 1, entries[2].BegunIndex);
        Assert.All(entries, it => Assert.Equal("goes-unfinished", it.SubjectMemberId));
    }

    [Fact]
    public async Task A_process_that_is_killed_between_the_two_entries_leaves_the_first()
    {
        await Exchange.AddMember("killed-between");
        var prover = Exchange.Services.GetRequiredService<IAccessLogProver>();
        await ExchangeFixture.Until(
            () => prover.PublishedSize >= Exchange.Log.Size,
            "all that came before is published"
        );
        var before = Exchange.Log.Size;
        var appends = 0;
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        log.Store.BeforePut = _ => held.Task; // so that no file is put in its place while the folder is copied
        log.Store.BeforeAppend = () => Interlocked.Increment(ref appends) == 1 ? Task.CompletedTask : held.Task;
        await using var next = new ExchangeFixture();
        var act = SuspendIn(Exchange, "killed-between");
        try
        {
            await ExchangeFixture.Until(() => Volatile.Read(ref appends) > 1, "the act is done and its entry is not");

            // What a process leaves that is killed now: nothing is in its memory that the next one could read.
            DataFolderCopy.Make(Exchange.DataDirectory, next.DataDirectory);
        }
        finally
        {
            held.SetResult();
            log.Mend();
        }

        await act;
        await next.Start();

        Assert.Equal(MemberState.Suspended, await StateIn(next, "killed-between"));
        var entries = (await next.AllEntriesSince(before)).Where(it => it.Method == Suspend).ToList();
        var begun = Assert.Single(entries);
        Assert.Equal((true, "killed-between"), (begun.IsBegun, begun.SubjectMemberId));
        Assert.Equal(Exchange.Operator.Thumbprint, begun.Actor.KeyThumbprint);
    }

    [Fact]
    public async Task While_the_log_cannot_be_written_nothing_is_submitted_or_withdrawn_and_then_it_is_again()
    {
        var reporter = await Reporter.Join(Exchange, "finds-it-full");
        var elements = await reporter.NewElements(2);
        var token = await reporter.TokenOf(elements[1]);
        Assert.NotNull((await reporter.Submit(Reporter.SubmissionOf(elements[1])))[0].Accepted);
        var key = (await reporter.Key()).KeyId;
        log.Break();
        Assert.Equal(ErrorReason.LogUnavailable, await RpcErrors.ReasonOf(() => StateIn(Exchange, "finds-it-full")));
        Assert.False(Exchange.Services.GetRequiredService<IAccessLogHealth>().Current.IsWritable);

        var request = new SubmitRequest { KeyId = key, Submissions = { Reporter.SubmissionOf(elements[0]) } };
        Assert.Equal(
            ErrorReason.LogUnavailable,
            await RpcErrors.ReasonOf(() => reporter.Signals.SubmitAsync(request, cancellationToken: Ct).ResponseAsync)
        );
        Assert.Equal(ErrorReason.LogUnavailable, await RefusalOfStream(reporter, request));
        var withdrawal = new WithdrawRequest
        {
            KeyId = key,
            Withdrawals =
            {
                new Withdrawal
                {
                    SubmissionId = Contracts.SubmissionId.NewId().ToByteString(),
                    Token = Google.Protobuf.ByteString.CopyFrom(token.ToArray()),
                    Reason = RetractionReason.FalsePositive,
                },
            },
        };
        Assert.Equal(
            ErrorReason.LogUnavailable,
            await RpcErrors.ReasonOf(() =>
                reporter.Signals.WithdrawAsync(withdrawal, cancellationToken: Ct).ResponseAsync
            )
        );

        log.Mend();
        var before = Exchange.Log.Size;
        var answer = await reporter.Signals.SubmitAsync(request, cancellationToken: Ct);
        Assert.False(answer.Results[0].Accepted.AlreadyKnown); // It was not done when it was refused.
        Assert.Equal([true, false], (await Exchange.AllEntriesSince(before)).Select(it => it.IsBegun));
        Assert.Single((await reporter.Check([token])).Hits); // Nor was the withdrawal.
    }

    private static async Task<ErrorReason> RefusalOfStream(Reporter reporter, SubmitRequest request)
    {
        using var stream = reporter.Signals.SubmitStream(cancellationToken: Ct);
        await stream.RequestStream.WriteAsync(new() { BatchNumber = 1, Batch = request }, Ct);
        return await RpcErrors.ReasonOf(() => stream.ResponseStream.MoveNext(Ct));
    }

    private static (string Setting, string Value) Single(AccessLogDetail detail)
    {
        var change = Assert.Single(detail.Changes);
        return (change.Setting, change.NewValue);
    }

    private static MemberService.MemberServiceClient Members(ExchangeFixture exchange) =>
        new(exchange.InvokerFor(exchange.Operator));

    private static async Task SuspendIn(ExchangeFixture exchange, string member) =>
        await Members(exchange).SuspendMemberAsync(new() { MemberId = member }, cancellationToken: Ct);

    private static async Task<MemberState> StateIn(ExchangeFixture exchange, string member)
    {
        var listed = await Members(exchange).ListMembersAsync(new() { PageSize = 200 }, cancellationToken: Ct);
        return listed.Members.Single(it => it.MemberId == member).State;
    }
}
