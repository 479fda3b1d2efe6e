using SignalExchange.AccessLog.Publishing;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Recovery;

/// <summary>A log that is as it was left.</summary>
/// <param name="Lease">The right to write it.</param>
/// <param name="Size">Its entries.</param>
/// <param name="Published">The size of its checkpoint; 0 without one.</param>
/// <param name="LastTime">When its last entry was written, in milliseconds since 1970; the smallest number without one.</param>
/// <param name="Tree">The tree of its full bundles: the publisher goes on from there.</param>
internal sealed record RecoveredLog(AccessLogLease Lease, long Size, long Published, long LastTime, LogTree Tree);
