namespace SignalExchange.Silo.Security;

/// <summary>When this process took over the data folder: no token that was used with an earlier process is younger.</summary>
/// <param name="At">The time.</param>
internal sealed record ExchangeStart(DateTimeOffset At);
