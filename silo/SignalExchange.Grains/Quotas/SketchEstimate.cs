namespace SignalExchange.Grains.Quotas;

/// <summary>The estimate of a HyperLogLog sketch, without tables or thresholds, for any number from nothing up.</summary>
/// <remarks>
/// O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", arXiv:1702.01284, algorithm 6 ("improved raw
/// estimator"): its sums stand for the registers that are still empty (sigma) and those that can rise no further (tau).
/// </remarks>
internal static class SketchEstimate
{
    /// <summary>Returns the estimate.</summary>
    /// <param name="histogram">How many registers hold each rank, from 0 to the highest.</param>
    public static double Of(ReadOnlySpan<int> histogram)
    {
        var registers = 0.0;
        foreach (var count in histogram)
        {
            registers += count;
        }

        var sum = registers * Tau(1 - (histogram[^1] / registers));
        for (var rank = histogram.Length - 2; rank >= 1; rank--)
        {
            sum = (sum + histogram[rank]) / 2;
        }

        sum += registers * Sigma(histogram[0] / registers);
        return registers * registers / (2 * Math.Log(2) * sum);
    }

    private static double Sigma(double share)
    {
        if (share >= 1)
        {
            return double.PositiveInfinity;
        }

        var (sum, before, weight) = (share, double.NaN, 1.0);
        while (sum != before)
        {
            share *= share;
            before = sum;
            sum += share * weight;
            weight += weight;
        }

        return sum;
    }

    private static double Tau(double share)
    {
        if (share is <= 0 or >= 1)
        {
            return 0;
        }

        var (sum, before, weight) = (1 - share, double.NaN, 1.0);
        while (sum != before)
        {
            share = Math.Sqrt(share);
            before = sum;
            weight /= 2;
            sum -= (1 - share) * (1 - share) * weight;
        }

        return sum / 3;
    }
}
