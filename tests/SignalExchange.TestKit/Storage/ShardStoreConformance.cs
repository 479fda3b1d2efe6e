using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>What every engine's <see cref="IShardStore"/> does. An engine's tests derive from it.</summary>
public abstract partial class ShardStoreConformance : StorageConformance
{
    protected virtual ShardStoreLimits Limits { get; } = new();

    private IShardStore Store => Storage.Shards;

    private ShardModel Model(int shard = 3) => new(Store.Shards, new(shard));

    private Task<CommitOutcome> CommitAsync(ShardCommit commit) => Store.CommitAsync(commit, Cancellation);

    // Commits what must succeed.
    private Task CommitAsync(ShardModel model, params ReadOnlySpan<int> numbers) =>
        model.CommitAsync(Store, model.Next(numbers), Cancellation);

    private Task AssertHoldsAsync(ShardModel model) => ShardAssert.HoldsAsync(model, Store, Cancellation);

    // Fails unless the outcome is as expected and the store holds what it held before.
    private async Task AssertRefusedAsync(CommitOutcome expected, ShardModel model, ShardCommit commit)
    {
        Assert.Equal(expected, await CommitAsync(commit));
        await AssertHoldsAsync(model);
        foreach (var write in commit.Indicators.Where(write => !model.Indicators.ContainsKey(write.Token)))
        {
            Assert.Null(await Store.ReadIndicatorAsync(write.Token, Cancellation));
        }
    }
}
