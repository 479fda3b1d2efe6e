using System.Globalization;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>What a ratio is to reach.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="IsMost">Whether the ratio is to be at most the bound, rather than at least.</param>
internal readonly record struct Target(double Bound, bool IsMost)
{
    /// <summary>At least so much.</summary>
    public static Target AtLeast(double bound) => new(bound, IsMost: false);

    /// <summary>At most so much.</summary>
    public static Target AtMost(double bound) => new(bound, IsMost: true);

    /// <summary>Whether a ratio reaches it.</summary>
    public bool IsReachedBy(double ratio) => IsMost ? ratio <= Bound : ratio >= Bound;

    /// <summary>Returns it as in ">= 0.85".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsMost ? "<=" : ">=")} {Bound}");
}
