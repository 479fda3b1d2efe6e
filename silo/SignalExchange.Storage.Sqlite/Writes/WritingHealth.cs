using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>Tells the operator when writing begins to fail and when it works again, once each.</summary>
internal sealed class WritingHealth(string folder, ILogger logger)
{
    private long _failures;

    /// <summary>Gets whether the last write was written. Safe from any thread.</summary>
    public bool IsWritable => Interlocked.Read(ref _failures) == 0;

    public void NoteFailure(Exception exception)
    {
        if (Interlocked.Increment(ref _failures) == 1)
        {
            SqliteStorageLog.WritingFails(logger, exception, folder);
        }
    }

    public void NoteSuccess()
    {
        if (_failures > 0)
        {
            SqliteStorageLog.WritingWorksAgain(logger, folder, _failures);
            Interlocked.Exchange(ref _failures, 0);
        }
    }
}
