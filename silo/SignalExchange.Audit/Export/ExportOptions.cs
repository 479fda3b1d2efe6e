using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Audit.Export;

/// <summary>Bounds of exports.</summary>
public sealed class ExportOptions
{
    /// <summary>Gets or sets how many entries one export may hold.</summary>
    /// <value>From 1 to 100,000,000. The default is 10,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxEntries { get; set; } = 10_000_000;
}
