namespace SignalExchange.Grains.Shards;

/// <summary>A write that waits for its commit, and the promise to tell its outcome.</summary>
internal sealed class WaitingWrite(ShardWrite write)
{
    private readonly TaskCompletionSource<ShardWriteResult> _outcome = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public ShardWrite Write { get; } = write;

    public Task<ShardWriteResult> Outcome => _outcome.Task;

    public void Complete(ShardWriteResult result) => _outcome.TrySetResult(result);
}
