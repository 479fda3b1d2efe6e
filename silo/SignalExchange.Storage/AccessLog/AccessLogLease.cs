namespace SignalExchange.Storage.AccessLog;

/// <summary>The right to write one log, until somebody else takes it.</summary>
/// <param name="Log">The log's name.</param>
/// <param name="Epoch">Grows with each taking, from 1. Whatever is written under an older one is refused.</param>
public sealed record AccessLogLease(string Log, long Epoch);
