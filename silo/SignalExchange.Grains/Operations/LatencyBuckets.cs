using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Operations;

/// <summary>Times in buckets, each a quarter of a doubling wide, from 100 microseconds to beyond a minute. Sums of buckets are buckets of sums.</summary>
/// <remarks>Pure. What is read from them is at most the width of a bucket, 19 %, too much.</remarks>
public static class LatencyBuckets
{
    /// <summary>How many there are; the last takes everything beyond.</summary>
    public const int Count = 80;

    private const double SmallestMicroseconds = 100;
    private const int BucketsPerDoubling = 4;

    /// <summary>Returns the bucket of a time.</summary>
    public static int Of(TimeSpan time)
    {
        var doublings = Math.Log2(Math.Max(time.TotalMicroseconds, SmallestMicroseconds) / SmallestMicroseconds);
        return Math.Min((int)Math.Ceiling(doublings * BucketsPerDoubling), Count - 1);
    }

    /// <summary>Reads the usual shares from buckets.</summary>
    /// <param name="counts">A count a bucket; fewer are taken as none in the rest.</param>
    public static Latency Read(IReadOnlyList<ulong> counts)
    {
        var all = counts.Aggregate(0UL, static (sum, count) => sum + count);
        return new()
        {
            P50 = Read(counts, all, 0.50),
            P95 = Read(counts, all, 0.95),
            P99 = Read(counts, all, 0.99),
        };
    }

    private static ulong Read(IReadOnlyList<ulong> counts, ulong all, double share)
    {
        var wanted = (ulong)Math.Ceiling(all * share);
        var seen = 0UL;
        for (var bucket = 0; bucket < counts.Count && wanted > 0; bucket++)
        {
            seen += counts[bucket];
            if (seen >= wanted)
            {
                return (ulong)(SmallestMicroseconds * Math.Pow(2, (double)bucket / BucketsPerDoubling));
            }
        }

        return 0;
    }
}
