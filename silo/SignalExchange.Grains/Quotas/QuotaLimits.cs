namespace SignalExchange.Grains.Quotas;

/// <summary>What one member may do a day, where it differs from the exchange's defaults.</summary>
/// <param name="EvaluationsPerDay">VOPRF evaluations; null for the default.</param>
/// <param name="TokensPerDay">Distinct tokens checked; null for the default.</param>
/// <param name="SubmissionsPerDay">Signals, new and revised; null for the default.</param>
/// <param name="WithdrawalsPerDay">Withdrawals; null for the default.</param>
/// <param name="RegistrationsPerDay">Ads registered as templates, or under one; null for the default.</param>
public sealed record QuotaLimits(
    long? EvaluationsPerDay = null,
    long? TokensPerDay = null,
    long? SubmissionsPerDay = null,
    long? WithdrawalsPerDay = null,
    long? RegistrationsPerDay = null
)
{
    /// <summary>The most evaluations that any member may be given a day: days to sweep ten million numbers stay above ten.</summary>
    public const int MaxEvaluationsPerDay = 1_000_000;

    /// <summary>The most distinct tokens that any member may be given a day; the sketch is accurate far beyond.</summary>
    public const int MaxTokensPerDay = 100_000_000;

    /// <summary>The most submissions, and the most withdrawals, that any member may be given a day.</summary>
    public const int MaxSubmissionsPerDay = 100_000_000;

    /// <summary>The most registrations of ads that any member may be given a day.</summary>
    public const int MaxRegistrationsPerDay = 1_000_000;
}
