using System.Text;
using Google.Protobuf;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Search;

/// <summary>When a month's key is destroyed, the index keeps places, times and retention of its entries, and nothing else.</summary>
public sealed class ShreddingTests
{
    private static readonly DateTimeOffset October = TestDetails.Noon.AddMonths(-1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_forgotten_entry_shows_its_place_time_and_retention_only()
    {
        using var audit = await WithTwoMonthsAsync();
        await ForgetAsync(audit, LogRetention.Traffic);

        var entry = (await audit.FindAsync(order: EntryOrder.OldestFirst)).Entries[0];
        var expected = new EntrySummary
        {
            Index = 0,
            Time = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(October),
            Retention = LogRetention.Traffic,
            State = EntryDetailState.Shredded,
        };
        Assert.Equal(expected, entry);
    }

    [Fact]
    public async Task No_filter_finds_a_forgotten_entry_and_its_neighbours_stay()
    {
        using var audit = await WithTwoMonthsAsync();
        await ForgetAsync(audit, LogRetention.Traffic);

        Assert.Equal(
            [1UL, 2UL],
            (
                await audit.FindAsync(order: EntryOrder.OldestFirst, filter: new() { Role = KeyRole.Operator })
            ).Entries.Select(it => it.Index)
        );
        Assert.Equal(
            [3UL],
            (await audit.FindAsync(new() { MemberId = "november-member" })).Entries.Select(it => it.Index)
        );
        Assert.Empty((await audit.FindAsync(new() { MemberId = "october-member" })).Entries);
        Assert.Empty((await audit.FindAsync(new() { Pseudonyms = Pseudonym("october") })).Entries);
        Assert.Empty((await audit.FindAsync(new() { RequestId = TestDetails.Bytes("october request", 16) })).Entries);
        Assert.Single((await audit.FindAsync(new() { Pseudonyms = Pseudonym("november") })).Entries);
    }

    [Fact]
    public async Task Nothing_of_a_forgotten_entry_is_left_in_the_file()
    {
        using var audit = await WithTwoMonthsAsync();
        var traces = new[]
        {
            Encoding.UTF8.GetBytes("october-member"),
            Encoding.UTF8.GetBytes(TestDetails.Key("october-member")),
            Pseudonym("october").ToByteArray(),
            TestDetails.Bytes("october request", 16).ToByteArray(),
        };
        Assert.All(traces, trace => Assert.True(IsInFile(audit, trace)));

        await ForgetAsync(audit, LogRetention.Traffic);

        Assert.All(traces, trace => Assert.False(IsInFile(audit, trace)));
    }

    [Fact]
    public async Task Forgetting_twice_forgets_nothing_more()
    {
        using var audit = await WithTwoMonthsAsync();

        Assert.Equal(1, await ForgetAsync(audit, LogRetention.Traffic));
        Assert.Equal(0, await ForgetAsync(audit, LogRetention.Traffic));
    }

    [Fact]
    public async Task Sums_of_a_forgotten_month_go_and_those_of_other_months_stay()
    {
        using var audit = await WithTwoMonthsAsync();
        await ForgetAsync(audit, LogRetention.Traffic);

        var report = await audit.Reports.UsageAsync(
            new()
            {
                FirstPeriod = (uint)LogPeriod.Of(October).Number,
                LastPeriod = (uint)LogPeriod.Of(TestDetails.Noon).Number,
            },
            Cancelled
        );
        Assert.Equal(["consortium", "consortium", "november-member"], report.Value!.Usages.Select(it => it.MemberId));
    }

    [Fact]
    public async Task Forgetting_spans_more_than_one_bucket_of_the_index()
    {
        using var audit = new AuditUnderTest();
        const int Entries = 270_000;
        for (var i = 0; i < Entries; i++)
        {
            audit.Log.Add(
                October,
                TestDetails.Check(change: it => it.Pseudonyms = i % 1000 == 0 ? Pseudonym("october") : ByteString.Empty)
            );
        }

        await audit.CatchUpAsync();

        Assert.Equal(Entries, await ForgetAsync(audit, LogRetention.Traffic));
        Assert.Equal(
            0,
            await audit.Search.CountAsync(new() { Pseudonyms = Pseudonym("october") }, long.MaxValue, Cancelled)
        );
        Assert.Equal(0, await audit.Search.CountAsync(new() { MemberId = "gold-dating" }, long.MaxValue, Cancelled));
        Assert.Equal(Entries, await audit.Search.CountAsync(new(), long.MaxValue, Cancelled));
    }

    private static async Task<AuditUnderTest> WithTwoMonthsAsync()
    {
        var audit = new AuditUnderTest();
        audit.Log.Add(October, Of("october"));
        audit.Log.Add(October, TestDetails.By(KeyRole.Operator, "/console/members"), LogRetention.Administration);
        audit.Log.Add(
            TestDetails.Noon,
            TestDetails.By(KeyRole.Operator, "/console/members"),
            LogRetention.Administration
        );
        audit.Log.Add(TestDetails.Noon, Of("november"));
        return await audit.CatchUpAsync();
    }

    private static AccessLogDetail Of(string month) =>
        TestDetails.Check(
            $"{month}-member",
            change: it =>
            {
                it.Pseudonyms = Pseudonym(month);
                it.RequestId = TestDetails.Bytes($"{month} request", 16);
            }
        );

    private static ByteString Pseudonym(string month) => TestDetails.Bytes($"{month} pseudonym", 16);

    private static Task<long> ForgetAsync(AuditUnderTest audit, LogRetention retention)
    {
        audit.Log.Shred(LogPeriod.Of(October), retention);
        return audit.Follower.ForgetAsync(LogPeriod.Of(October), retention, Cancelled);
    }

    private static bool IsInFile(AuditUnderTest audit, byte[] trace) =>
        new[] { audit.File, audit.File + "-wal" }
            .Where(File.Exists)
            .Any(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return bytes.AsSpan().IndexOf(trace) >= 0;
            });
}
