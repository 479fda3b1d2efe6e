namespace SignalExchange.Audit.Anomalies;

/// <summary>How far a value is from a past that may hold outliers itself.</summary>
/// <remarks>
/// The modified z-score, 0.6745 (x - median) / MAD: Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (1993). A past
/// without any spread would make every value an outlier, so the deviation counts as a tenth of the median at least, and as 1.
/// </remarks>
internal static class RobustScore
{
    private const double Consistency = 0.6745; // The 75th percentile of the normal distribution.
    private const double LeastDeviation = 0.1;

    /// <summary>Returns the score.</summary>
    /// <param name="value">The value.</param>
    /// <param name="past">What it is compared with; not empty.</param>
    public static double Of(double value, IReadOnlyCollection<double> past)
    {
        var median = Median(past);
        var deviation = Median([.. past.Select(it => Math.Abs(it - median))]);
        return Consistency * (value - median) / Math.Max(deviation, Math.Max(LeastDeviation * median, 1));
    }

    private static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
