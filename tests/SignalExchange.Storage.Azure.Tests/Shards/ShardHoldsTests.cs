using SignalExchange.Storage.Azure.Archives;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Shards;

/// <summary>A backup holds all shards for a moment. Writers wait, and none waits for a backup that is gone.</summary>
public sealed class ShardHoldsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AzureStorageUnderTest _storage = null!;
    private ArchiveSession _session = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite, options => options.ShardCount = 16);
        var options = new AzureStorageOptions
        {
            Prefix = _storage.Prefix,
            GrainStateTable = _storage.Prefix + "States",
        };
        options.Accounts.Add(new() { ConnectionString = azurite.Azurite.ConnectionString() });
        _session = await ArchiveSession.FindAsync(options, around: null, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_waits_until_the_shards_are_let_go_of_and_then_succeeds()
    {
        var (model, holds) = (new ShardModel(_storage.Shards.Shards, new(5)), NewHolds());
        await model.CommitAsync(_storage.Shards, model.Next(1), Ct);
        await holds.PlaceAsync(Ct);

        // With the head's ETag remembered from before, and by a silo that sees the head for the first time.
        var waiting = _storage.Shards.CommitAsync(model.Next(1, 2), Ct);
        var other = new ShardModel(_storage.Shards.Shards, new(6));
        var rival = other.CommitAsync(_storage.Rival, other.Next(1), Ct);
        Assert.Equal(1, await _storage.Shards.ReadHeadAsync(model.Shard, Ct)); // reading goes on
        Assert.False(waiting.IsCompleted || rival.IsCompleted);

        Assert.True(await holds.LiftAsync());
        Assert.Equal(1, holds.HeadOf(model.Shard));
        Assert.Equal(CommitOutcome.Committed, await waiting);
        await rival;
    }

    [Fact]
    public async Task Nobody_waits_for_a_holder_that_is_gone_and_a_moment_that_was_written_in_is_none()
    {
        var (model, holds) = (new ShardModel(_storage.Shards.Shards, new(5)), NewHolds());
        await holds.PlaceAsync(Ct);

        await model.CommitAsync(_storage.Shards, model.Next(1), Ct);
        await model.CommitAsync(_storage.Shards, model.Next(2), Ct); // without waiting again

        Assert.False(await holds.LiftAsync());
        Assert.Equal(2, await _storage.Shards.ReadHeadAsync(model.Shard, Ct));
    }

    [Fact]
    public async Task A_commit_that_one_hold_after_the_other_refuses_is_committed_in_the_end()
    {
        var left = 4;
        var holding = Fault.OfTransactions(
            async (_, send) =>
            {
                if (Interlocked.Decrement(ref left) >= 0)
                {
                    var holds = NewHolds();
                    await holds.PlaceAsync(Ct);
                    Assert.True(await holds.LiftAsync());
                }

                await send();
            }
        );
        var store = await _storage.OpenStoreAsync(holding);
        var model = new ShardModel(store.Shards, new(5));

        await model.CommitAsync(store, model.Next(1), Ct);

        Assert.Equal(-1, left);
    }

    [Fact]
    public async Task A_shard_that_is_held_twice_is_let_go_of_by_the_last()
    {
        var (first, second) = (NewHolds(), NewHolds());
        await first.PlaceAsync(Ct);
        await second.PlaceAsync(Ct);

        Assert.True(await second.LiftAsync());
        Assert.True(await first.LiftAsync()); // nothing was written since
        foreach (var shard in _session.Map.All)
        {
            Assert.False((await _session.Reader.HeadAsync(shard, Ct)).IsHeld);
        }
    }

    private ShardHolds NewHolds() => new(_session.Shards, _session.Reader, _session.Map);
}
