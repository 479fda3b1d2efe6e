using Microsoft.Extensions.Logging;

namespace SignalExchange.Storage.Azure.Requests;

/// <summary>Tells the operator when writing begins to fail and when it works again, once each.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class WritingHealth(ILogger logger)
{
    private long _failures;

    /// <summary>Gets whether the last write was written.</summary>
    public bool IsWritable => Interlocked.Read(ref _failures) == 0;

    /// <summary>Runs a write and notes how it went.</summary>
    public async Task<TResult> NoteAsync<TResult>(Func<Task<TResult>> write)
    {
        try
        {
            var result = await write();
            NoteSuccess();
            return result;
        }
        catch (Exception exception) when (exception is StorageUnavailableException or CommitUnknownException)
        {
            NoteFailure(exception);
            throw;
        }
    }

    private void NoteFailure(Exception exception)
    {
        if (Interlocked.Increment(ref _failures) == 1)
        {
            AzureStorageLog.WritingFails(logger, exception.Message);
        }
    }

    private void NoteSuccess()
    {
        if (Volatile.Read(ref _failures) > 0 && Interlocked.Exchange(ref _failures, 0) is > 0 and var failures)
        {
            AzureStorageLog.WritingWorksAgain(logger, failures);
        }
    }
}
