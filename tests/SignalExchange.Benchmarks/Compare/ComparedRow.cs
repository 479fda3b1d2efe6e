using System.Globalization;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>One comparison: both sides on the same work, in the same rounds.</summary>
/// <param name="Name">The row.</param>
/// <param name="Unit">In what both sides are measured.</param>
/// <param name="Ours">The exchange.</param>
/// <param name="Peer">The other side.</param>
/// <param name="Ratio">The first by the second, round by round.</param>
/// <param name="Target">What the ratio is to reach; null for a row that only informs.</param>
internal sealed record ComparedRow(
    string Name,
    string Unit,
    Measurement Ours,
    Measurement Peer,
    Measurement Ratio,
    Target? Target
)
{
    /// <summary>How far apart the rounds' ratios may lie before a row is run again.</summary>
    public const double MaxSpread = 0.3;

    /// <summary>Gets how far apart the rounds' ratios lie, in medians.</summary>
    public double Spread => (Ratio.Most - Ratio.Least) / Ratio.Median;

    /// <summary>Gets whether the ratio reaches its target; null for a row without one.</summary>
    public bool? Holds => Target?.IsReachedBy(Ratio.Median);

    /// <summary>Makes a row of values that belong together round by round.</summary>
    public static ComparedRow Of(
        string name,
        string unit,
        IReadOnlyList<double> ours,
        IReadOnlyList<double> peer,
        Target? target
    ) =>
        new(
            name,
            unit,
            Measurement.Of(name, unit, ours),
            Measurement.Of(name, unit, peer),
            Measurement.Of(name, "ratio", ours.Zip(peer, (our, theirs) => our / theirs)),
            target
        );

    /// <summary>Returns it as a line of a table in Markdown: medians, with least and most of the rounds.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Name} | {Text(Ours)} | {Text(Peer)} | {Unit} | {Ratio.Median:0.00} [{Ratio.Least:0.00} to {Ratio.Most:0.00}] | {Spread:0 %} | {Target} | {Verdict} |"
        );

    private string Verdict =>
        Holds switch
        {
            true => "yes",
            false => "**no**",
            null => "-",
        };

    private static string Text(Measurement it)
    {
        var format = it.Median < 1000 ? "0.0" : "N0";
        return string.Join(
            "",
            it.Median.ToString(format, CultureInfo.InvariantCulture),
            " [",
            it.Least.ToString(format, CultureInfo.InvariantCulture),
            " to ",
            it.Most.ToString(format, CultureInfo.InvariantCulture),
            "]"
        );
    }
}
