namespace SignalExchange.Grains.Quotas;

/// <summary>What the sketches say of a member's day.</summary>
/// <param name="Tokens">About how many distinct tokens it asked about.</param>
/// <param name="Hits">About how many of them were hits.</param>
internal readonly record struct DayOfTokens(double Tokens, double Hits);
