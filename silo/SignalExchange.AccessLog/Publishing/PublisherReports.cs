using Microsoft.Extensions.Logging;
using SignalExchange.AccessLog.Writing;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Tells operators how publishing goes.</summary>
internal sealed class PublisherReports(string origin, LogState state, AccessLogMetrics metrics, ILogger logger)
{
    /// <summary>Notes a round that failed.</summary>
    public void NoteFailure(Exception exception, long size)
    {
        state.NotePublishingFails("Publishing failed; see the log of this process.");
        metrics.NotePublishingFailed();
        AccessLogLog.PublishingFails(logger, exception, origin, size);
    }

    /// <summary>Notes a round that too few witnesses signed.</summary>
    public void NoteMissingWitnesses(int missing)
    {
        state.NotePublishingFails($"The last checkpoint lacks the signatures of {missing} witnesses.");
        metrics.NotePublishingFailed();
    }
}
