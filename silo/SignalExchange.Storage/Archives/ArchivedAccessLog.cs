using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Archives;

/// <summary>An access log. In the order of names.</summary>
/// <param name="Log">Its name.</param>
/// <param name="Epoch">That of the last lease.</param>
/// <param name="Extent">What its tail holds.</param>
public sealed record ArchivedAccessLog(string Log, long Epoch, AccessLogExtent Extent)
    : ArchiveRecord(ArchiveKind.AccessLog);
