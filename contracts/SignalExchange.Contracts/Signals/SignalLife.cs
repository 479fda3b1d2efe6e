using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>When a signal is in force.</summary>
public static class SignalLife
{
    /// <summary>Whether the signal is in force: neither withdrawn nor past its expiry, and its owner owes no answer to a dispute.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="now">The expiry itself is no longer in force.</param>
    public static bool IsLive(this Signal signal, DateTimeOffset now) => signal.StateAt(now) == SignalState.Active;

    /// <summary>Returns the state to show: ACTIVE turns into EXPIRED or QUARANTINED when its time has come, without anybody writing it.</summary>
    public static SignalState StateAt(this Signal signal, DateTimeOffset now) =>
        signal.State != SignalState.Active ? signal.State
        : signal.Statement.ExpiresAt.ToDateTimeOffset() <= now ? SignalState.Expired
        : signal.DisputeDueAt?.ToDateTimeOffset() <= now ? SignalState.Quarantined
        : SignalState.Active;
}
