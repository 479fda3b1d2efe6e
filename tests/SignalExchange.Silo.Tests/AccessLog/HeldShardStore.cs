using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>A storage that takes its time with commits, as long as a test wants.</summary>
internal sealed class HeldShardStore(IShardStore inner) : ForwardingShardStore(inner)
{
    private TaskCompletionSource? _gate;
    private int _held;

    /// <summary>Gets how many commits were held.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Holds commits from now on.</summary>
    public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets them happen.</summary>
    public void Release() => _gate?.TrySetResult();

    /// <inheritdoc/>
    public override async Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken)
    {
        if (_gate is { Task.IsCompleted: false } gate)
        {
            Interlocked.Increment(ref _held);
            await gate.Task.WaitAsync(cancellationToken);
        }

        return await base.CommitAsync(commit, cancellationToken);
    }
}
