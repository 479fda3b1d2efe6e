using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Entries;

/// <summary>Which key seals a detail: that of its period, and of how long it is kept.</summary>
/// <param name="Period">The period.</param>
/// <param name="Retention">How long.</param>
public readonly record struct KeyName(LogPeriod Period, LogRetention Retention)
{
    /// <summary>Returns the name, for example "2026-11-traffic".</summary>
    public override string ToString() =>
        Retention switch
        {
            LogRetention.Traffic => $"{Period}-traffic",
            LogRetention.Administration => $"{Period}-administration",
            _ => throw new InvalidOperationException("There is no key for a retention that is not stated."),
        };
}
