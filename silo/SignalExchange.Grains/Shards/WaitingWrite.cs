using System.Diagnostics;

namespace SignalExchange.Grains.Shards;

/// <summary>A write that waits for its commit, and the promise to tell its outcome.</summary>
internal sealed class WaitingWrite(ShardWrite write, long since)
{
    private readonly TaskCompletionSource<ShardWriteResult> _outcome = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public ShardWrite Write { get; } = write;

    /// <summary>Gets since when it waits, a timestamp of the clock.</summary>
    public long Since { get; } = since;

    /// <summary>Gets the span of the call that brought the write; null when nobody traces.</summary>
    public Activity? Span { get; } = Activity.Current;

    /// <summary>Gets whether that span is recorded.</summary>
    public bool IsTraced => Span is { Recorded: true };

    public Task<ShardWriteResult> Outcome => _outcome.Task;

    public void Complete(ShardWriteResult result) => _outcome.TrySetResult(result);
}
