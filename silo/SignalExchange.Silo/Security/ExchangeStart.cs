namespace SignalExchange.Silo.Security;

/// <summary>From when on tokens are accepted: those issued earlier may have been used with the process before this one.</summary>
/// <remarks>
/// The first whole second after this process took over the data folder, because the "iat" of a token counts whole seconds. Until
/// then the server is not ready; it takes longer than that to start, as a rule.
/// </remarks>
internal sealed class ExchangeStart(TimeProvider clock)
{
    /// <summary>Gets the time.</summary>
    public DateTimeOffset At { get; } = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds() + 1);

    /// <summary>Gets whether that time has come.</summary>
    public bool HasCome => clock.GetUtcNow() >= At;
}
