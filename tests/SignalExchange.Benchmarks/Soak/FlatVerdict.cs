using System.Globalization;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>Whether something stayed what it was once it had warmed up.</summary>
/// <param name="Before">Its median in the second third of the time.</param>
/// <param name="After">Its median in the last third.</param>
internal sealed record FlatVerdict(double Before, double After)
{
    /// <summary>By how much more it may have become and still count as flat: less is a collection that has not come yet.</summary>
    public const double MostGrowth = 0.1;

    /// <summary>Gets by how much it grew.</summary>
    public double Growth => (After / Before) - 1;

    /// <summary>Gets whether it stayed.</summary>
    public bool IsFlat => After <= Before * (1 + MostGrowth);

    /// <summary>Judges values in the order of time; the first third is warm-up.</summary>
    /// <param name="values">Three or more.</param>
    public static FlatVerdict Of(IReadOnlyList<double> values)
    {
        var third = values.Count / 3;
        return new(Median.Of(values.Skip(third).Take(third)), Median.Of(values.Skip(values.Count - third)));
    }

    /// <summary>Returns it in words.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsFlat ? "flat" : "NOT flat")}: {After:0} MiB in the last third, {Before:0} MiB in the one before ({Growth:+0.0 %;-0.0 %})."
        );
}
