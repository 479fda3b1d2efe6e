using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Grains.Quotas;

/// <summary>What a member may do a day unless it was given limits of its own, and when its day looks like a sweep.</summary>
public sealed class QuotaOptions
{
    /// <summary>Gets or sets a member's VOPRF evaluations a day (UTC): how many guesses it can turn into tokens.</summary>
    /// <value>From 0 to 1,000,000. The default is 20,000.</value>
    [Range(0, 1_000_000)]
    public int EvaluationsPerDay { get; set; } = 20_000;

    /// <summary>Gets or sets a member's distinct tokens a day (UTC), checked or read; the same token again costs nothing.</summary>
    /// <value>From 0 to 100,000,000. The default is 1,000,000.</value>
    [Range(0, 100_000_000)]
    public int TokensPerDay { get; set; } = 1_000_000;

    /// <summary>Gets or sets a member's submissions a day (UTC): signals that it adds or revises. The same again costs nothing.</summary>
    /// <value>From 0 to 100,000,000. The default is 2,000,000.</value>
    [Range(0, 100_000_000)]
    public int SubmissionsPerDay { get; set; } = 2_000_000;

    /// <summary>Gets or sets a member's withdrawals a day (UTC), those included that find nothing.</summary>
    /// <value>From 0 to 100,000,000. The default is 2,000,000: what was said in a day can be taken back in a day.</value>
    [Range(0, 100_000_000)]
    public int WithdrawalsPerDay { get; set; } = 2_000_000;

    /// <summary>Gets or sets how many ads a member may register a day (UTC), as templates or under one. The same again costs nothing.</summary>
    /// <value>From 0 to 1,000,000. The default is 2,000: five times what 20,000 evaluations make bands for.</value>
    [Range(0, 1_000_000)]
    public int RegistrationsPerDay { get; set; } = 2_000;

    /// <summary>Gets or sets how much of its distinct tokens a member may be granted while the storage cannot write.</summary>
    /// <value>
    /// From 0 to 100 percent of the day's limit. The default is 10, so that checks outlive a full disk; 0 refuses them. Evaluations
    /// are refused in any case.
    /// </value>
    [Range(0, 100)]
    public int UnwrittenTokensPercent { get; set; } = 10;

    /// <summary>Gets or sets from how many distinct tokens a day on a near-zero hit rate raises the alarm.</summary>
    /// <value>From 1,000 to 100,000,000. The default is 100,000.</value>
    [Range(1_000, 100_000_000)]
    public int AlarmTokens { get; set; } = 100_000;

    /// <summary>Gets or sets the hit rate below which the alarm is raised, in distinct hits in a million distinct tokens.</summary>
    /// <value>From 0 to 1,000,000. The default is 100; 0 never raises it.</value>
    [Range(0, 1_000_000)]
    public int AlarmHitsPerMillion { get; set; } = 100;
}
