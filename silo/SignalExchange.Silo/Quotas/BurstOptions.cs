using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Quotas;

/// <summary>How fast one member may go on one silo: token buckets, full at first.</summary>
public sealed class BurstOptions
{
    /// <summary>Gets or sets how many VOPRF evaluations a second flow into a member's bucket.</summary>
    /// <value>From 1 to 1,000,000. The default is 1,000: about a quarter of what one core evaluates.</value>
    [Range(1, 1_000_000)]
    public int EvaluationsPerSecond { get; set; } = 1_000;

    /// <summary>Gets or sets how many evaluations the bucket holds.</summary>
    /// <value>From 256, one full batch, to 10,000,000. The default is 2,560.</value>
    [Range(256, 10_000_000)]
    public int EvaluationBurst { get; set; } = 2_560;

    /// <summary>Gets or sets how many tokens a second, known ones too, flow into a member's bucket.</summary>
    /// <value>From 1 to 10,000,000. The default is 100,000.</value>
    [Range(1, 10_000_000)]
    public int TokensPerSecond { get; set; } = 100_000;

    /// <summary>Gets or sets how many tokens the bucket holds.</summary>
    /// <value>From 10,000, one full batch, to 100,000,000. The default is 200,000.</value>
    [Range(10_000, 100_000_000)]
    public int TokenBurst { get; set; } = 200_000;

    /// <summary>Gets or sets how many submissions a second flow into a member's bucket.</summary>
    /// <value>From 1 to 10,000,000. The default is 20,000: more than a silo writes.</value>
    [Range(1, 10_000_000)]
    public int SubmissionsPerSecond { get; set; } = 20_000;

    /// <summary>Gets or sets how many submissions the bucket holds.</summary>
    /// <value>From 10,000, one full batch, to 100,000,000. The default is 100,000.</value>
    [Range(10_000, 100_000_000)]
    public int SubmissionBurst { get; set; } = 100_000;

    /// <summary>Gets or sets how many withdrawals a second, of whatever, flow into a member's bucket.</summary>
    /// <value>From 1 to 10,000,000. The default is 2,000: each that the index does not know is a read of the storage.</value>
    [Range(1, 10_000_000)]
    public int WithdrawalsPerSecond { get; set; } = 2_000;

    /// <summary>Gets or sets how many withdrawals the bucket holds.</summary>
    /// <value>From 10,000, one full batch, to 100,000,000. The default is 20,000.</value>
    [Range(10_000, 100_000_000)]
    public int WithdrawalBurst { get; set; } = 20_000;

    /// <summary>Gets or sets how many registrations of ads a second flow into a member's bucket.</summary>
    /// <value>From 1 to 100,000. The default is 50.</value>
    [Range(1, 100_000)]
    public int RegistrationsPerSecond { get; set; } = 50;

    /// <summary>Gets or sets how many the bucket holds.</summary>
    /// <value>From 100, one full batch, to 1,000,000. The default is 500.</value>
    [Range(100, 1_000_000)]
    public int RegistrationBurst { get; set; } = 500;
}
