using SignalExchange.Contracts;
using SignalExchange.Index.Snapshots;
using SignalExchange.Index.Templates;
using SignalExchange.Index.Tests.Templates;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests.Snapshots;

/// <summary>One process after another on the same storage, with the snapshot that the former left.</summary>
public sealed class IndexSnapshotTests
{
    private static readonly uint Live = IndicatorSummary
        .LiveUntil(new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero))
        .Value;

    private readonly InMemoryShardStore _store = new(new ShardMap(16));
    private readonly MemorySnapshotStore _snapshots = new();

    [Fact]
    public async Task A_start_takes_up_the_snapshot_and_reads_what_came_after_it()
    {
        var before = await AppendAsync(count: 500);
        await RunOnceAsync();
        var after = await AppendAsync(count: 20);
        await AppendAsync(before[0], summary: 0); // withdrawn

        var counted = new CountingShardStore(_store);
        await using var harness = await new IndexHarness(counted, _snapshots).StartAsync();

        Assert.InRange(counted.RowsRead, 21, 21 + (2 * _store.Shards.Count)); // besides the tail, the row at each mark
        Assert.Equal(before.Length - 1 + after.Length, harness.Index.Count);
        Assert.All([.. before[1..], .. after], token => Assert.True(harness.Index.TryFind(token, out _)));
        Assert.False(harness.Index.TryFind(before[0], out _));
        Assert.True(harness.Startup.IsReady);
        Assert.Contains(
            harness.Logs.Lines,
            line => line.StartsWith("Index has taken up a snapshot", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Templates_are_found_after_a_start_and_grow_on()
    {
        var (ad, copy, gone) = (TestAds.Random(), TestAds.Random(), TestAds.Random());
        var (token, other) = (TestTokens.Random(), TestTokens.Random());
        await AppendAsync(token, Live, TestAds.DetailOf(TestAds.ChangeOf(ad)));
        await AppendAsync(other, Live, TestAds.DetailOf(TestAds.ChangeOf(gone)));
        await RunOnceAsync();
        await AppendAsync(token, Live, TestAds.DetailOf(TestAds.ChangeOf(DateTimeOffset.UnixEpoch, "b", 1, copy)));
        await AppendAsync(other, summary: 0);

        await using var harness = await new IndexHarness(_store, _snapshots).StartAsync();

        Assert.Equal(token, Assert.Single(Find(harness, ad)).Token);
        Assert.Equal(token, Assert.Single(Find(harness, copy)).Token);
        Assert.Empty(Find(harness, gone));
        Assert.Equal(2, harness.Get<TemplateIndex>().Count); // one of each ad that is live: what is withdrawn was swept
    }

    [Fact]
    public async Task Numbers_that_were_free_are_used_again_and_name_nothing_old()
    {
        var (first, second) = (TestTokens.Random(), TestTokens.Random());
        var (old, kept) = (TestAds.Random(), TestAds.Random());
        await AppendAsync(first, Live, TestAds.DetailOf(TestAds.ChangeOf(old)));
        await AppendAsync(second, Live, TestAds.DetailOf(TestAds.ChangeOf(kept)));
        await AppendAsync(first, summary: 0);
        await RunOnceAsync();

        await using var harness = await new IndexHarness(_store, _snapshots).StartAsync();
        var fresh = TestAds.Random();
        harness.Get<TemplateIndex>().Apply(TestTokens.Random(), TestAds.ChangeOf(fresh));

        Assert.Empty(Find(harness, old));
        Assert.Single(Find(harness, kept));
        Assert.Equal(2, harness.Get<TemplateIndex>().Count);
    }

    [Fact]
    public async Task A_snapshot_is_written_now_and_then_if_there_is_anything_new()
    {
        await AppendAsync(count: 10);
        await using var harness = await new IndexHarness(_store, _snapshots).StartAsync();

        await harness.PassTimeUntilAsync(() => _snapshots.Writes == 1, "the first snapshot");
        await harness.PassTimeUntilAsync(() => Hours(harness) >= 2, "two hours");
        Assert.Equal(1, _snapshots.Writes);

        await AppendAsync(count: 1);
        await harness.PassTimeUntilAsync(() => _snapshots.Writes == 2, "the second snapshot");
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_written_does_no_harm()
    {
        await AppendAsync(count: 10);
        await RunOnceAsync();
        var before = _snapshots.Content;
        await AppendAsync(count: 10);
        _snapshots.Failure = new IOException("No space left on device");

        await using (var harness = new IndexHarness(_store, _snapshots))
        {
            await harness.StartAsync(); // nor can it be read
            await harness.StopAsync();
            Assert.Equal(20, harness.Index.Count);
            Assert.Contains(harness.Logs.Lines, line => line.Contains("could not write", StringComparison.Ordinal));
            Assert.Contains(harness.Logs.Lines, line => line.Contains("it cannot be read", StringComparison.Ordinal));
        }

        Assert.Same(before, _snapshots.Content);
    }

    [Fact]
    public async Task A_silo_that_never_was_ready_leaves_the_snapshot_as_it_was()
    {
        await AppendAsync(count: 10);
        await RunOnceAsync();
        var before = _snapshots.Content;
        await AppendAsync(count: 10);
        await using var harness = new IndexHarness(_store, _snapshots);

        await harness.Get<IndexSnapshots>().WriteAsync(TestContext.Current.CancellationToken);

        Assert.Same(before, _snapshots.Content);
    }

    [Fact]
    public async Task Storage_that_cannot_be_asked_keeps_the_silo_from_starting()
    {
        await AppendAsync(count: 10);
        await RunOnceAsync();
        _store.Failure = new StorageUnavailableException();
        await using var harness = new IndexHarness(_store, _snapshots);

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            harness.StartLifecycleAsync(TestContext.Current.CancellationToken)
        );
    }

    private async Task RunOnceAsync()
    {
        await using var harness = await new IndexHarness(_store, _snapshots).StartAsync();
        await harness.StopAsync();
        Assert.NotNull(_snapshots.Content);
    }

    private async Task<Token[]> AppendAsync(int count)
    {
        var tokens = Enumerable.Range(0, count).Select(_ => TestTokens.Random()).ToArray();
        foreach (var token in tokens)
        {
            await AppendAsync(token, Live);
        }

        return tokens;
    }

    private async Task AppendAsync(Token token, uint summary, byte[]? detail = null) =>
        await _store.AppendAsync(_store.Shards.ShardOf(token), new ShardChange(token, new(summary), detail));

    private static double Hours(IndexHarness harness) =>
        (harness.Time.GetUtcNow() - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalHours;

    private static IReadOnlyList<TemplateCandidate> Find(IndexHarness harness, byte[] ad) =>
        harness.Get<AdMatcher>().Find(ad, new("a"), isCounted: false);
}
