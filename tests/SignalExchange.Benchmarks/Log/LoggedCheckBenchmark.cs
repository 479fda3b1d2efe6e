using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Submissions;

namespace SignalExchange.Benchmarks.Log;

/// <summary>What the access log costs a unary check of one unknown token: the same exchange, its writer on and off in turns.</summary>
/// <remarks>Callers, client and server share this machine's cores; each caller waits for its answer before it asks again.</remarks>
internal static class LoggedCheckBenchmark
{
    private const int Rounds = 9;
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Runs it.</summary>
    /// <param name="count">Checks a round.</param>
    public static async Task<Report> Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("signalexchange-bench-").FullName;
        try
        {
            SwitchedWriter? writer = null;
            await using var exchange = await MeasuredExchange.Start(
                Path.Combine(folder, "data"),
                replace: builder =>
                    builder.Services.AddSingleton<IEntryWriter>(it => writer = new(it.GetRequiredService<LogWriter>()))
            );
            using var groups = new GroupCount();
            List<(double PerSecond, double P50, double P99)> on = [],
                off = [];
            var (logged, before) = (0.0, 0L);
            for (var round = -1; round < Rounds; round++)
            {
                foreach (var (isOn, results) in new[] { (true, on), (false, off) })
                {
                    writer!.IsOn = isOn;
                    var result = await UnaryChecks.Measure(exchange, count);
                    if (round >= 0)
                    {
                        results.Add(result);
                    }
                }

                (logged, before) = round < 0 ? (0, groups.Value) : (logged + (count / on[^1].PerSecond), before);
            }

            var interval = logged * MillisecondsPerSecond / (groups.Value - before);

            return Report.Of(
                $"unary checks of one unknown token, {UnaryChecks.Callers} callers",
                [.. Lines(on, off, interval)]
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Measurement> Lines(
        List<(double PerSecond, double P50, double P99)> on,
        List<(double PerSecond, double P50, double P99)> off,
        double interval
    )
    {
        yield return Measurement.Of("with the log", "1/s", on.Select(it => it.PerSecond));
        yield return Measurement.Of("without its writer", "1/s", off.Select(it => it.PerSecond));
        yield return Measurement.Of(
            "throughput with the log, of that without, round by round",
            "ratio",
            on.Zip(off, (a, b) => a.PerSecond / b.PerSecond)
        );
        yield return Measurement.Once(
            "throughput with the log, of that without, all rounds together",
            "ratio",
            off.Sum(it => 1 / it.PerSecond) / on.Sum(it => 1 / it.PerSecond)
        );
        yield return Measurement.Of("half of the answers below, with", "ms", on.Select(it => it.P50));
        yield return Measurement.Of("half of the answers below, without", "ms", off.Select(it => it.P50));
        yield return Measurement.Of("99 % of the answers below, with", "ms", on.Select(it => it.P99));
        yield return Measurement.Of("99 % of the answers below, without", "ms", off.Select(it => it.P99));
        yield return Measurement.Once("from one group commit to the next", "ms", interval);
        yield return Measurement.Of(
            "added at 99 %, in group commits",
            "ratio",
            on.Zip(off, (a, b) => (a.P99 - b.P99) / interval)
        );
    }
}
