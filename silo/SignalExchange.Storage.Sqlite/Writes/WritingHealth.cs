using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>Tells the operator when writing begins to fail and when it works again, once each.</summary>
internal sealed class WritingHealth(string folder, ILogger logger)
{
    private long _failures;

    public void NoteFailure(Exception exception)
    {
        if (_failures++ == 0)
        {
            SqliteStorageLog.WritingFails(logger, exception, folder);
        }
    }

    public void NoteSuccess()
    {
        if (_failures > 0)
        {
            SqliteStorageLog.WritingWorksAgain(logger, folder, _failures);
            _failures = 0;
        }
    }
}
