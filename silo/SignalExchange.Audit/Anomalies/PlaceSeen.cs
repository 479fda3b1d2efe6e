namespace SignalExchange.Audit.Anomalies;

/// <summary>A place that a key was used from.</summary>
/// <param name="Place">The address's pseudonym, in hexadecimal.</param>
/// <param name="Period">The month whose key made it: another month's can't be compared.</param>
/// <param name="Time">When last, in milliseconds since 1970.</param>
/// <param name="Index">The last entry from there.</param>
internal sealed record PlaceSeen(string Place, uint Period, long Time, long Index);
