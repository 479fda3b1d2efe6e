using System.ComponentModel.DataAnnotations;
using SignalExchange.Contracts.Templates;

namespace SignalExchange.Index.Templates;

/// <summary>From when on an ad is found, and what may become a template.</summary>
public sealed class TemplateOptions
{
    /// <summary>Gets or sets how many bands of an ad must agree at least, however few templates there are.</summary>
    /// <value>From 3 to 12. The default is 3.</value>
    [Range(MatchRule.MinThreshold, MatchRule.MaxThreshold)]
    public int MinBands { get; set; } = MatchRule.MinThreshold;

    /// <summary>Gets or sets up to how many live sketches three bands are enough.</summary>
    /// <value>From 0 to 1000000. The default is 2500.</value>
    [Range(0, 1_000_000)]
    public int ThreeBandsUpTo { get; set; } = 2_500;

    /// <summary>Gets or sets up to how many live sketches four bands are enough; beyond, five must agree.</summary>
    /// <value>From 0 to 16000000. The default is 50000.</value>
    [Range(0, 16_000_000)]
    public int FourBandsUpTo { get; set; } = 50_000;

    /// <summary>Gets or sets from how many agreeing bands on a match is strong.</summary>
    /// <value>From 8 to 48. The default is 12.</value>
    [Range(8, 48)]
    public int StrongBands { get; set; } = 12;

    /// <summary>Gets or sets in what share of the ads of <see cref="WindowDays"/> a band must have been seen to be ignored.</summary>
    /// <value>From 0.0001 to 0.1. The default is 0.003.</value>
    [Range(0.0001, 0.1)]
    public double StopBandShare { get; set; } = 0.003;

    /// <summary>Gets or sets in how many ads it must have been seen at least, so that a quiet exchange ignores nothing.</summary>
    /// <value>From 10 to 10000. The default is 30.</value>
    [Range(10, 10_000)]
    public int StopBandMinAds { get; set; } = 30;

    /// <summary>Gets or sets how many members' ads it takes at least to make a band an ignored one for all, or a new template too common.</summary>
    /// <value>From 1 to 16. The default is 3: of one member's ads a third of what it takes counts.</value>
    [Range(1, 16)]
    public int StopBandMembers { get; set; } = 3;

    /// <summary>Gets or sets for how many days ads are counted, and fingerprints of the last ones kept. The present day is one of them.</summary>
    /// <value>From 1 to 28. The default is 7.</value>
    [Range(1, 28)]
    public int WindowDays { get; set; } = 7;

    /// <summary>Gets or sets how many bands of a new template may be ignored ones, or such as many templates have.</summary>
    /// <value>From 0 to 24. The default is 12, a quarter of them.</value>
    [Range(0, 24)]
    public int MaxCommonBands { get; set; } = 12;

    /// <summary>Gets or sets how many live templates may be found by one band.</summary>
    /// <value>From 8 to 256. The default is 64.</value>
    [Range(8, 256)]
    public int MaxTemplatesPerBand { get; set; } = 64;

    /// <summary>Gets or sets how many of them may be one member's.</summary>
    /// <value>From 1 to 256. The default is 16, a quarter of them.</value>
    [Range(1, 256)]
    public int MaxTemplatesPerBandOfMember { get; set; } = 16;

    /// <summary>Gets or sets of how many of the last distinct ads salted fingerprints are kept in memory, for the dry run of new templates.</summary>
    /// <value>From 0, which is no dry run, to 200000. The default is 20000: 4 MB.</value>
    [Range(0, 200_000)]
    public int DryRunAds { get; set; } = 20_000;

    /// <summary>Gets or sets what share of them a new template may match.</summary>
    /// <value>From 0.0001 to 0.1. The default is 0.001.</value>
    [Range(0.0001, 0.1)]
    public double DryRunShare { get; set; } = 0.001;

    /// <summary>Gets or sets how many of them it may match in any case: the reposts that it was registered for.</summary>
    /// <value>From 0 to 1000. The default is 10.</value>
    [Range(0, 1_000)]
    public int DryRunMinAds { get; set; } = 10;

    /// <summary>Gets or sets for how long nobody may act on a new template without review.</summary>
    /// <value>From zero to 90 days. The default is 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan ReviewOnlyFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets or sets how many sketches the index holds at most; one more is refused. A million take about 0.5 GiB.</summary>
    /// <value>From 1 to 16000000. The default is 2000000.</value>
    [Range(1, 16_000_000)]
    public int MaxLiveSketches { get; set; } = 2_000_000;

    /// <summary>Gets or sets how many of them one member may have registered; one more is refused.</summary>
    /// <value>
    /// From 1 to 16000000. The default is 20000: no member alone makes the exchange ask for five bands, which it does beyond 50,000 sketches.
    /// </value>
    [Range(1, 16_000_000)]
    public int MaxLiveSketchesPerMember { get; set; } = 20_000;

    /// <summary>Returns from how many bands on an ad is found.</summary>
    public MatchThresholds ToThresholds() => new(MinBands, ThreeBandsUpTo, FourBandsUpTo, StrongBands);
}
