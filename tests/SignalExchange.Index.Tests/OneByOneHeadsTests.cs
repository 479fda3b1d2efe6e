using SignalExchange.Clustering;
using SignalExchange.Index.Freshness;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests;

/// <summary>Where each head is a request of its own, shards' writers are believed, and the storage is asked for what they do not say.</summary>
public sealed class OneByOneHeadsTests : IAsyncLifetime
{
    private const int Shards = 256;
    private static readonly TimeSpan Round = new IndexOptions().HeadInterval;

    private readonly InMemoryShardStore _memory = new(new ShardMap(Shards));
    private readonly OneByOneShardStore _store;
    private readonly IndexHarness _harness;

    public OneByOneHeadsTests()
    {
        _store = new(_memory);
        _harness = new(_store);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IndexHeadWatch Watch => _harness.GetHosted<IndexHeadWatch>();

    private IndexFreshness Freshness => _harness.Get<IndexFreshness>();

    public async ValueTask InitializeAsync()
    {
        await _harness.StartLifecycleAsync(Ct);
        _store.TakeAsked();
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Shards_whose_writers_say_nothing_are_asked_for_before_the_proof_of_them_is_too_old()
    {
        for (var round = 0; round < 3; round++)
        {
            _harness.Time.Advance(3 * Round);
            await Watch.LookAsync(Ct);

            Assert.Equal(Shards, _store.TakeAsked().Distinct().Count());
            Assert.True(Freshness.IsProven);
        }
    }

    [Fact]
    public async Task Shards_whose_writers_speak_are_asked_for_once_a_minute()
    {
        var asked = new List<Shard>();
        for (var round = 0; round < 120; round++)
        {
            _harness.Time.Advance(Round);
            WritersSpeak(_store.Shards.All);
            await Watch.LookAsync(Ct);
            asked.AddRange(_store.TakeAsked());
            Assert.True(Freshness.IsProven);
        }

        Assert.Equal(Shards, asked.Count);
        Assert.Equal(Shards, asked.Distinct().Count());
    }

    [Fact]
    public async Task A_writer_that_falls_silent_is_made_up_for_by_the_storage_before_its_shard_is_not_current()
    {
        var silent = new Shard(77);
        for (var round = 0; round < 20; round++)
        {
            _harness.Time.Advance(Round);
            WritersSpeak(_store.Shards.All.Where(shard => shard != silent));
            await Watch.LookAsync(Ct);
            Assert.True(Freshness.IsProven);
        }

        Assert.True(_store.TakeAsked().Count(shard => shard == silent) >= 6);
    }

    [Fact]
    public async Task A_commit_that_only_its_writer_tells_of_is_read_from_the_log()
    {
        WritersSpeak(_store.Shards.All);
        await Watch.LookAsync(Ct);
        _store.TakeAsked();
        var row = await _memory.AppendAsync(TestRows.First, [.. TestRows.Row(1, 10).Changes]);
        Freshness.Heard(new(TestRows.First, row.LastSequence), Moment.Now(_harness.Time));

        await Watch.LookAsync(Ct);
        Assert.True(_harness.Index.IsCurrent(TestRows.First)); // the feed may be about to bring it
        await Watch.LookAsync(Ct);

        Assert.False(_harness.Index.IsCurrent(TestRows.First));
        Assert.DoesNotContain(TestRows.First, _store.TakeAsked());
    }

    private void WritersSpeak(IEnumerable<Shard> shards)
    {
        foreach (var shard in shards)
        {
            Freshness.Heard(new(shard, 0), Moment.Now(_harness.Time));
        }
    }
}
