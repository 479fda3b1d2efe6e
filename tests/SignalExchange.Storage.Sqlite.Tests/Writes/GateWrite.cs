using SignalExchange.Storage.Sqlite.Writes;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

/// <summary>A write that keeps the writer in its transaction until it is let go.</summary>
internal sealed class GateWrite : PendingResult<bool>, IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets a task that ends when the writer is held.</summary>
    public Task Entered => _entered.Task;

    /// <summary>Holds the writer; ends once that is so.</summary>
    /// <returns>The gate, and what its caller awaits.</returns>
    public static async Task<(GateWrite Gate, Task<bool> Written)> HoldAsync(
        SqliteExchangeStore store,
        CancellationToken cancellationToken
    )
    {
        var gate = new GateWrite();
        var written = store.WriteAsync(gate, cancellationToken);
        await gate.Entered;
        return (gate, written);
    }

    public void Open() => _gate.Set();

    public void Dispose() => _gate.Dispose();

    protected override WriteEffect Run(WriterConnection connection, out bool isWritten)
    {
        _entered.TrySetResult();
        _gate.Wait();
        isWritten = true;
        return WriteEffect.Whole;
    }
}
