using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Postgres.Writes;

/// <summary>Tells the operator when writing begins to fail and when it works again, once each. Safe from any thread.</summary>
internal sealed class WritingHealth(string where, ILogger logger)
{
    private long _failures;

    /// <summary>Gets whether the last write was written.</summary>
    public bool IsWritable => Interlocked.Read(ref _failures) == 0;

    public void NoteFailure(Exception exception)
    {
        if (Interlocked.Increment(ref _failures) == 1)
        {
            PostgresStorageLog.WritingFails(logger, exception, where);
        }
    }

    public void NoteSuccess()
    {
        if (Volatile.Read(ref _failures) > 0 && Interlocked.Exchange(ref _failures, 0) is > 0 and var failures)
        {
            PostgresStorageLog.WritingWorksAgain(logger, where, failures);
        }
    }
}
