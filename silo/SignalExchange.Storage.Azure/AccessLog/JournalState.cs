using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>How a log stands from a frame of its journal on.</summary>
/// <param name="Epoch">That of the last lease.</param>
/// <param name="Extent">What its tail holds.</param>
internal readonly record struct JournalState(long Epoch, AccessLogExtent Extent);
