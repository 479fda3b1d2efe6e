namespace SignalExchange.Storage.Sqlite;

/// <summary>A write that waits for the writer's next transaction.</summary>
internal abstract class QueuedWrite(CancellationToken cancellationToken)
{
    /// <summary>Gets whether the caller gave up before the write began.</summary>
    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    protected CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs the write's statements inside the transaction, and keeps its result for <see cref="Complete"/>.</summary>
    /// <returns>Whether it changed something; if not, what it did is rolled back and its neighbours go on.</returns>
    public abstract bool Run(SqliteStatements statements);

    /// <summary>Tells the caller the result; after the transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing was written, or that it is not known.</summary>
    public abstract void Fail(Exception failure);

    /// <summary>Tells the caller that its cancellation was heeded: nothing was written.</summary>
    public abstract void Cancel();
}
