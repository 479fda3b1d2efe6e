using System.ComponentModel.DataAnnotations;
using SignalExchange.Contracts.Templates;

namespace SignalExchange.Grains.Templates;

/// <summary>How far templates may grow.</summary>
public sealed class GrowthOptions
{
    /// <summary>Gets or sets how many sketches a template may have, its first included.</summary>
    /// <value>From 1 to 16. The default is 16.</value>
    [Range(1, 16)]
    public int MaxSketches { get; set; } = GrowthLimits.Default.MaxSketches;

    /// <summary>Gets or sets how many sketches may join within 24 hours.</summary>
    /// <value>From 1 to 16. The default is 4.</value>
    [Range(1, 16)]
    public int MaxSketchesADay { get; set; } = GrowthLimits.Default.MaxSketchesADay;

    /// <summary>Gets or sets how many steps a copy may be away from the template's first ad.</summary>
    /// <value>From 1 to 4. The default is 2.</value>
    [Range(1, 4)]
    public int MaxGeneration { get; set; } = GrowthLimits.Default.MaxGeneration;

    /// <summary>Returns the limits.</summary>
    internal GrowthLimits ToLimits() => new(MaxSketches, MaxSketchesADay, MaxGeneration);
}
