using System.Diagnostics;

namespace SignalExchange.Benchmarks.Harness;

/// <summary>Times cases in turns, so that whatever else the machine does meanwhile meets all of them.</summary>
/// <remarks>Rounds are many and short: on a machine that others use, too, some of them run undisturbed.</remarks>
internal static class Timing
{
    private const int WarmUps = 10;
    private const int Rounds = 101;

    /// <summary>Returns the time of one operation of each case.</summary>
    public static IEnumerable<Measurement> Measure(IReadOnlyList<TimedCase> cases)
    {
        var samples = cases.ToDictionary(it => it, _ => new List<double>());
        for (var round = -WarmUps; round < Rounds; round++)
        {
            foreach (var it in cases)
            {
                var nanoseconds = Time(it, round + WarmUps) / it.Operations;
                if (round >= 0)
                {
                    samples[it].Add(nanoseconds);
                }
            }
        }

        return cases.Select(it => Measurement.Of(it.Name, "ns", samples[it]));
    }

    /// <summary>Returns the time of something that is done once.</summary>
    public static double TimeOnce(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static double Time(TimedCase it, int round)
    {
        var result = 0L;
        var nanoseconds = TimeOnce(() => result = it.Run(round));
        return result == it.Expected
            ? nanoseconds
            : throw new InvalidOperationException($"{it.Name}: returned {result}, expected {it.Expected}.");
    }
}
