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
}
