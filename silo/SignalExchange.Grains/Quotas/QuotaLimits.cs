namespace SignalExchange.Grains.Quotas;

/// <summary>What one member may do a day, where it differs from the exchange's defaults.</summary>
/// <param name="EvaluationsPerDay">VOPRF evaluations; null for the default.</param>
/// <param name="TokensPerDay">Distinct tokens checked; null for the default.</param>
[GenerateSerializer]
[Alias("signalexchange.quota-limits")]
public sealed record QuotaLimits(
    [property: Id(0)] long? EvaluationsPerDay = null,
    [property: Id(1)] long? TokensPerDay = null
)
{
    /// <summary>The most evaluations that any member may be given a day: days to sweep ten million numbers stay above ten.</summary>
    public const int MaxEvaluationsPerDay = 1_000_000;

    /// <summary>The most distinct tokens that any member may be given a day; the sketch is accurate far beyond.</summary>
    public const int MaxTokensPerDay = 100_000_000;

    /// <summary>Gets whether both are within what any member may be given.</summary>
    public bool AreInRange =>
        EvaluationsPerDay is null or (>= 0 and <= MaxEvaluationsPerDay)
        && TokensPerDay is null or (>= 0 and <= MaxTokensPerDay);
}
