namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>A write that waits for its turn, then for the transaction that it is part of.</summary>
/// <remarks>Made and awaited by a caller; run, completed or failed by the writer's thread.</remarks>
internal abstract class PendingWrite
{
    /// <summary>Claims the write for a transaction; from then on it can't be cancelled.</summary>
    /// <returns>False when it was cancelled before.</returns>
    public abstract bool TryBegin();

    /// <summary>Runs the write in the open transaction. May be called again, after that was rolled back.</summary>
    public abstract WriteEffect Run(WriterConnection connection);

    /// <summary>Tells the caller the result of the last run: its transaction is on stable storage.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the write failed.</summary>
    public abstract void Fail(Exception exception);
}
