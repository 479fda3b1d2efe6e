namespace SignalExchange.Index.Tests;

public sealed class IndexHeadWatchTests
{
    [Fact]
    public async Task Commit_that_nobody_told_of_is_found()
    {
        await using var harness = await new IndexHarness().StartAsync();
        await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(1, 10).Changes]);

        await harness.PassTimeUntilAsync(() => harness.Index.SummaryOf(1) == 10, "the commit in the index");

        Assert.True(harness.Index.IsCurrent(TestRows.First));
    }

    [Fact]
    public async Task Shard_is_not_current_once_it_is_behind_for_a_round()
    {
        await using var harness = new IndexHarness();
        await harness.StartLifecycleAsync(TestContext.Current.CancellationToken);
        var watch = harness.GetHosted<IndexHeadWatch>();
        await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(1, 10).Changes]);

        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.True(harness.Index.IsCurrent(TestRows.First)); // the feed may be about to bring it

        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.False(harness.Index.IsCurrent(TestRows.First));
        Assert.True(harness.Index.IsCurrent(new(1)));
    }

    [Fact]
    public async Task Feed_that_is_a_moment_behind_is_no_gap()
    {
        await using var harness = new IndexHarness();
        await harness.StartLifecycleAsync(TestContext.Current.CancellationToken);
        var watch = harness.GetHosted<IndexHeadWatch>();
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            var row = await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(sequence, 10).Changes]);
            await watch.LookAsync(TestContext.Current.CancellationToken);
            harness.Feed.OnCommitted(row);
            Assert.True(harness.Index.IsCurrent(TestRows.First));
        }
    }

    [Fact]
    public async Task Outage_of_the_storage_does_not_end_the_watch()
    {
        await using var harness = await new IndexHarness().StartAsync();
        await harness.Store.AppendAsync(TestRows.First, [.. TestRows.Row(1, 10).Changes]);
        harness.Store.Failure = new Storage.StorageUnavailableException();
        harness.Time.Advance(TimeSpan.FromSeconds(10));
        harness.Store.Failure = null;

        await harness.PassTimeUntilAsync(() => harness.Index.SummaryOf(1) == 10, "the commit in the index");
    }
}
