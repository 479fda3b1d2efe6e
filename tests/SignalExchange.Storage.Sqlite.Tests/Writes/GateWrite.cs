using SignalExchange.Storage.Sqlite.Writes;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

/// <summary>A write that keeps the writer in its transaction until it is let go, at the latest when it is disposed.</summary>
internal sealed class GateWrite : PendingResult<bool>, IDisposable
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what the write's caller awaits.</summary>
    public Task<bool> Written { get; private set; } = Task.FromResult(false);

    /// <summary>Holds the writer; ends once that is so.</summary>
    public static async Task<GateWrite> HoldAsync(SqliteExchangeStore store, CancellationToken cancellationToken)
    {
        var gate = new GateWrite();
        gate.Written = store.WriteAsync(gate, cancellationToken);
        await gate._entered.Task;
        return gate;
    }

    public void Open() => _opened.TrySetResult();

    public void Dispose() => Open();

    protected override WriteEffect Run(WriterConnection connection, out bool isWritten)
    {
        _entered.TrySetResult();
        _opened.Task.Wait();
        isWritten = true;
        return WriteEffect.Whole;
    }
}
