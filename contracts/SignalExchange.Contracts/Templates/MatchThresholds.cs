namespace SignalExchange.Contracts.Templates;

/// <summary>From how many agreeing bands on an ad is found, as an exchange has set it.</summary>
/// <param name="MinBands">The fewest that count, whatever else; 3 to 12.</param>
/// <param name="ThreeUpTo">Up to so many live sketches three bands are enough.</param>
/// <param name="FourUpTo">Up to so many live sketches four are; beyond, five.</param>
/// <param name="StrongBands">From so many on a match is strong; 8 to 48.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed record MatchThresholds(int MinBands, long ThreeUpTo, long FourUpTo, int StrongBands)
{
    /// <summary>What an exchange has that sets nothing.</summary>
    public static readonly MatchThresholds Default = new(MatchRule.MinThreshold, 2_500, 50_000, 12);
}
