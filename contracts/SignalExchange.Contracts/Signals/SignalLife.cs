using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>When a signal is in force.</summary>
public static class SignalLife
{
    /// <summary>Whether the signal is in force: neither withdrawn nor past its expiry.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="now">The expiry itself is no longer in force.</param>
    public static bool IsLive(this Signal signal, DateTimeOffset now) =>
        signal.State == SignalState.Active && signal.Statement.ExpiresAt.ToDateTimeOffset() > now;

    /// <summary>Returns the state to show: ACTIVE turns into EXPIRED when its time has come, without anybody writing it.</summary>
    public static SignalState StateAt(this Signal signal, DateTimeOffset now) =>
        signal.State == SignalState.Active && !signal.IsLive(now) ? SignalState.Expired : signal.State;
}
