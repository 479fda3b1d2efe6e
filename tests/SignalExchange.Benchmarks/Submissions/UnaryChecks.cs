using System.Diagnostics;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>Unary checks of one unknown token each. Each caller waits for its answer before it asks again.</summary>
internal static class UnaryChecks
{
    /// <summary>How many callers there are.</summary>
    public const int Callers = 64;

    private const double MillisecondsPerSecond = 1000;

    /// <summary>Makes checks, and returns how many went through a second and how long half and 99 % of them took, in milliseconds.</summary>
    public static async Task<(double PerSecond, double P50, double P99)> Measure(MeasuredExchange exchange, int count)
    {
        var begun = Stopwatch.GetTimestamp();
        var waits = await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CheckOneByOne(exchange, count / Callers)))
        );
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        double[] sorted = [.. waits.SelectMany(it => it).Order()];
        return (sorted.Length / seconds, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    private static async Task<double[]> CheckOneByOne(MeasuredExchange exchange, int count)
    {
        var waits = new double[count];
        for (var i = 0; i < count; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await exchange.CheckUnknown();
            waits[i] = Stopwatch.GetElapsedTime(begun).TotalSeconds * MillisecondsPerSecond;
        }

        return waits;
    }
}
