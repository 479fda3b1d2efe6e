namespace SignalExchange.Benchmarks.Harness;

/// <summary>The middle of values.</summary>
internal static class Median
{
    /// <summary>Returns the value in the middle; of an even number, the mean of the two there.</summary>
    /// <param name="values">One or more, any order.</param>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
