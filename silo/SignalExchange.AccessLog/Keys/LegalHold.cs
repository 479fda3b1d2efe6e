using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Keys;

/// <summary>An order to keep details beyond their time.</summary>
/// <param name="Name">What it is called, for example a case's number; one hold a name.</param>
/// <param name="First">The first period that it covers.</param>
/// <param name="Last">The last one.</param>
/// <param name="Retention">What it covers; unspecified covers everything.</param>
public sealed record LegalHold(string Name, LogPeriod First, LogPeriod Last, LogRetention Retention)
{
    /// <summary>Whether the details under a key must be kept.</summary>
    public bool Covers(KeyName key) =>
        key.Period >= First
        && key.Period <= Last
        && (Retention is LogRetention.Unspecified || Retention == key.Retention);
}
