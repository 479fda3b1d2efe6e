using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

public sealed class IndexFeedTests
{
    // Hours: the fake clock passes many while the test waits, and the sweeper removes what has ended.
    private const uint NeverEnds = 10_000_000;

    private static readonly StorageUnavailableException Outage = new();

    [Fact]
    public async Task Commit_is_in_the_index_when_the_feed_returns()
    {
        await using var harness = await new IndexHarness().StartAsync();

        harness.Feed.OnCommitted(TestRows.Row(1, 10));

        Assert.Equal(10u, harness.Index.SummaryOf(1));
        Assert.True(harness.Index.IsCurrent(TestRows.First));
    }

    [Fact]
    public async Task Shard_with_a_gap_is_not_current_until_the_gap_was_read_from_the_log()
    {
        await using var harness = await new IndexHarness().StartAsync();
        await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(1, 10, 20).Changes]);
        var heard = await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(3, 30).Changes]);
        harness.Store.Failure = Outage;

        harness.Feed.OnCommitted(heard);

        Assert.False(harness.Index.IsCurrent(TestRows.First));
        Assert.True(harness.Index.IsCurrent(new(1)));
        Assert.Equal(0u, harness.Index.SummaryOf(3));

        harness.Store.Failure = null;
        await harness.PassTimeUntilAsync(() => harness.Index.IsCurrent(TestRows.First), "the repair");
        Assert.Equal([10u, 20u, 30u], Enumerable.Range(1, 3).Select(i => harness.Index.SummaryOf(i)));
    }

    [Fact]
    public async Task Gap_behind_the_end_of_the_log_is_asked_for_again()
    {
        await using var harness = await new IndexHarness().StartAsync();
        harness.Feed.OnCommitted(TestRows.Row(2, 20)); // the log is behind: it has neither this row nor the one before
        var later = harness.Time.GetUtcNow().AddSeconds(10);
        await harness.PassTimeUntilAsync(() => harness.Time.GetUtcNow() >= later, "repairs in vain");
        Assert.False(harness.Index.IsCurrent(TestRows.First));

        await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(1, 10, 20).Changes]);

        await harness.PassTimeUntilAsync(() => harness.Index.IsCurrent(TestRows.First), "the repair");
        Assert.Equal(20u, harness.Index.SummaryOf(2));
    }

    [Fact]
    public async Task Shards_are_repaired_though_one_of_them_cannot_be()
    {
        await using var harness = await new IndexHarness().StartAsync();
        var elsewhere = TestRows.Change(new([0xFF, .. new byte[31]]), 10);
        harness.Feed.OnCommitted(new(TestRows.First, 1, 0, [elsewhere])); // a row that is broken for good

        await harness.Store.AppendAsync(new(1), elsewhere);
        harness.Feed.OnCommitted(await harness.Store.AppendAsync(new(1), elsewhere));

        await harness.PassTimeUntilAsync(() => harness.Index.IsCurrent(new(1)), "the other shard's repair");
        Assert.False(harness.Index.IsCurrent(TestRows.First));
    }

    [Fact]
    public async Task Row_of_no_shard_is_refused_without_a_throw()
    {
        await using var harness = await new IndexHarness().StartAsync();

        harness.Feed.OnCommitted(TestRows.Row(1, 10) with { Shard = new(2) });

        Assert.Equal(0, harness.Index.Count);
    }

    [Fact]
    public async Task Rows_lost_doubled_and_out_of_order_all_arrive_in_the_end()
    {
        await using var harness = await new IndexHarness(new ShardMap(16)).StartAsync();
        var tokens = Enumerable.Range(0, 2_000).Select(_ => TestTokens.Random()).ToList();
        var held = new List<LogRow>();
        foreach (var token in tokens)
        {
            held.Add(
                await harness.Store.AppendAsync(harness.Store.Shards.ShardOf(token), TestRows.Change(token, NeverEnds))
            );
            if (held.Count == 10)
            {
                Deliver(harness.Feed, held);
            }
        }

        // What is behind the last row that came is known by asking the storage.
        await harness.PassTimeUntilAsync(() => harness.Index.Count == tokens.Count, "every commit in the index");
        Assert.All(tokens, token => Assert.True(harness.Index.TryFind(token, out _)));
    }

    // Two are lost, one comes twice, all from the last to the first.
    private static void Deliver(ICommitObserver feed, List<LogRow> rows)
    {
        for (var i = rows.Count - 1; i >= 2; i--)
        {
            feed.OnCommitted(rows[i]);
        }

        feed.OnCommitted(rows[5]);
        rows.Clear();
    }
}
