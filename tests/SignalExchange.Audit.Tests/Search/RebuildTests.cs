using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Search;

/// <summary>The index holds nothing that is not in the log: without its file, it answers the same bytes again.</summary>
public sealed class RebuildTests
{
    private static readonly LogPeriod November = LogPeriod.Of(TestDetails.Noon);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rebuilt_index_answers_the_same_bytes()
    {
        using var audit = await WithHistoryAsync();
        var before = await AnswersAsync(audit);

        await audit.RestartAsync(withoutFile: true);

        Assert.Equal(before, await AnswersAsync(audit));
    }

    [Fact]
    public async Task An_index_that_forgot_a_month_answers_what_one_does_that_never_knew_it()
    {
        using var audit = await WithHistoryAsync();
        audit.Log.Shred(November, LogRetention.Traffic);
        await audit.Follower.ForgetAsync(November, LogRetention.Traffic, Cancelled);
        var before = await AnswersAsync(audit);

        await audit.RestartAsync(withoutFile: true);

        Assert.Equal(before, await AnswersAsync(audit));
    }

    [Fact]
    public async Task A_month_that_was_shredded_while_the_index_was_away_is_forgotten_when_it_comes_back()
    {
        using var audit = await WithHistoryAsync();
        audit.Log.Shred(November, LogRetention.Traffic);

        await audit.RestartAsync();

        Assert.Empty((await audit.FindAsync(new() { Purpose = CheckPurpose.Registration })).Entries);
    }

    [Fact]
    public async Task Batches_of_one_entry_make_the_same_index_as_one_batch()
    {
        using var audit = await WithHistoryAsync();
        using var other = new AuditUnderTest(
            audit.Log,
            services => services.Configure<SearchOptions>(it => it.MaxBatchEntries = 1)
        );
        await other.CatchUpAsync();

        Assert.Equal(await AnswersAsync(audit), await AnswersAsync(other));
    }

    [Theory]
    [InlineData("this is not a database")]
    [InlineData("")]
    public async Task A_file_that_is_no_index_is_made_anew(string content)
    {
        using var audit = await WithHistoryAsync();
        var before = await AnswersAsync(audit);

        await audit.RestartAsync(afterwards: it => File.WriteAllText(it, content));

        Assert.Equal(before, await AnswersAsync(audit));
    }

    [Fact]
    public async Task An_index_ahead_of_its_log_is_made_anew()
    {
        using var audit = await WithHistoryAsync();
        audit.Log.Truncate(10);

        await audit.RestartAsync();

        Assert.Equal(10, (await audit.FindAsync()).Entries.Count);
        Assert.Equal(10UL, (await audit.FindAsync()).IndexedSize);
    }

    internal static async Task<AuditUnderTest> WithHistoryAsync()
    {
        var audit = new AuditUnderTest();
        for (var i = 0; i < 200; i++)
        {
            audit.Log.Add(
                TestDetails.Noon.AddMinutes(i),
                TestDetails.Check($"member-{i % 4}", (uint)i, (uint)i / 7, it => it.Pseudonyms = Pseudonym(i))
            );
        }

        await audit.CatchUpAsync();
        await ReviewAsync(audit, [3, 5, 199], ReviewDisposition.Justified);
        await ReviewAsync(audit, [5], ReviewDisposition.Violation);
        audit.Log.Add(
            TestDetails.Noon.AddDays(1),
            TestDetails.By(KeyRole.Auditor, AuditMethods.GetEntry),
            LogRetention.Administration
        );
        return await audit.CatchUpAsync();
    }

    private static async Task ReviewAsync(AuditUnderTest audit, ulong[] indexes, ReviewDisposition disposition)
    {
        var act = await audit.Reviews.PrepareAsync(
            new() { Indexes = { indexes }, Disposition = disposition },
            Cancelled
        );
        audit.Log.Add(
            TestDetails.Noon.AddHours(5),
            TestDetails.Act(AuditMethods.ReviewEntries, act.Value!),
            LogRetention.Administration
        );
        await audit.CatchUpAsync();
    }

    private static ByteString Pseudonym(int i) => ByteString.CopyFrom(RandomEntries.Pseudonym(i % 10));

    internal static async Task<List<string>> AnswersAsync(AuditUnderTest audit)
    {
        EntryFilter[] filters =
        [
            new(),
            new() { MemberId = "member-1" },
            new() { Pseudonyms = Pseudonym(3) },
            new() { Review = ReviewState.Reviewed },
            new() { Review = ReviewState.Open, Purpose = CheckPurpose.Registration },
            new() { Anomaly = AnomalyRule.CaseMissing },
        ];
        var answers = new List<IMessage>();
        foreach (var filter in filters)
        {
            answers.Add(await audit.FindAsync(filter, pageSize: 40));
        }

        var usage = new ReportUsageRequest
        {
            FirstPeriod = (uint)November.Number,
            LastPeriod = (uint)November.Number,
            PageSize = 3,
        };
        answers.Add((await audit.Reports.UsageAsync(usage, Cancelled)).Value!);
        answers.Add((await audit.Reports.LookupsAsync(new() { Pseudonyms = Pseudonym(4) }, Cancelled)).Value!);
        answers.Add((await audit.Reviews.ListAsync(new(), Cancelled)).Value!);
        answers.Add((await audit.Alarms.ListAsync(new(), Cancelled)).Value!);
        return [.. answers.Select(it => Convert.ToHexString(it.ToByteArray()))];
    }
}
