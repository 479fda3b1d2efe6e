namespace SignalExchange.Storage.Sqlite;

/// <summary>A write with a result.</summary>
/// <param name="run">The statements; says the result, and whether something changed.</param>
/// <param name="cancellationToken">Heeded until the write begins.</param>
internal sealed class QueuedWriteOf<T>(
    Func<SqliteStatements, (T Result, bool HasChanged)> run,
    CancellationToken cancellationToken
) : QueuedWrite(cancellationToken)
{
    // Callers must not go on on the writer's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override bool Run(SqliteStatements statements)
    {
        (_result, var hasChanged) = run(statements);
        return hasChanged;
    }

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception failure) => _done.TrySetException(failure);

    public override void Cancel() => _done.TrySetCanceled(CancellationToken);
}
