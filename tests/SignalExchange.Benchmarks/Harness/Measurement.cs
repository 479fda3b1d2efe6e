namespace SignalExchange.Benchmarks.Harness;

/// <summary>One line of a report.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">In what.</param>
/// <param name="Median">The middle of the rounds, or the only value.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The greatest.</param>
/// <param name="Rounds">How many there were.</param>
internal sealed record Measurement(string Name, string Unit, double Median, double Least, double Most, int Rounds)
{
    /// <summary>A value that was not repeated.</summary>
    public static Measurement Once(string name, string unit, double value) => new(name, unit, value, value, value, 1);

    /// <summary>A value that was repeated.</summary>
    public static Measurement Of(string name, string unit, IEnumerable<double> rounds)
    {
        var values = rounds.ToList();
        return new(name, unit, Harness.Median.Of(values), values.Min(), values.Max(), values.Count);
    }
}
