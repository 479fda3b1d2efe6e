namespace SignalExchange.Benchmarks.Harness;

/// <summary>Times cases in turns, so that whatever else the machine does meanwhile meets all of them.</summary>
/// <remarks>
/// Processor time of one thread, since most of what is timed is functions of one thread; of the process for what is not. Rounds are many and
/// short: on a machine that others use, too, some of them run undisturbed.
/// </remarks>
internal static class Timing
{
    private const int WarmUps = 10;
    private const int Rounds = 101;

    /// <summary>Returns the time of one operation of each case.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="clock">What tells the time; null for this thread's.</param>
    public static IEnumerable<Measurement> Measure(IReadOnlyList<TimedCase> cases, Func<double>? clock = null) =>
        cases.Zip(Sample(cases, clock), (it, samples) => Measurement.Of(it.Name, "ns", samples));

    /// <summary>Returns the times of one operation of each case in nanoseconds, round by round, a case after the other.</summary>
    public static IReadOnlyList<IReadOnlyList<double>> Sample(
        IReadOnlyList<TimedCase> cases,
        Func<double>? clock = null
    )
    {
        var samples = cases.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            for (var i = 0; i < cases.Count; i++)
            {
                var nanoseconds = Time(cases[i], round + WarmUps, clock) / cases[i].Operations;
                if (round >= 0)
                {
                    samples[i].Add(nanoseconds);
                }
            }
        }

        return samples;
    }

    /// <summary>Returns the time of something that is done once.</summary>
    public static double TimeOnce(Action action, Func<double>? clock = null)
    {
        clock ??= ProcessorTime.OfThread;
        var start = clock();
        action();
        return clock() - start;
    }

    private static double Time(TimedCase it, int round, Func<double>? clock)
    {
        var result = 0L;
        var nanoseconds = TimeOnce(() => result = it.Run(round), clock);
        return result == it.Expected
            ? nanoseconds
            : throw new InvalidOperationException($"{it.Name}: returned {result}, expected {it.Expected}.");
    }
}
