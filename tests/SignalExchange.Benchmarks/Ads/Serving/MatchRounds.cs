using System.Diagnostics;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Load;

namespace SignalExchange.Benchmarks.Ads.Serving;

/// <summary>Callers that ask about one ad at a time, each waiting for its answer before it asks again.</summary>
internal static class MatchRounds
{
    private const int Rounds = 9;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    /// <summary>Asks for some rounds, and returns what half and 99 % of the answers took.</summary>
    /// <param name="name">What is asked about.</param>
    /// <param name="server">Who answers; its processor time does not depend on who else wants the machine.</param>
    /// <param name="callers">How many callers there are.</param>
    /// <param name="match">Asks about the next ad.</param>
    public static async Task<IReadOnlyList<Measurement>> Measure(
        string name,
        SiloProcess server,
        int callers,
        Func<Task> match
    )
    {
        var (results, microseconds) = (new List<LoadResult>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var before = server.ProcessorTime;
            var result = await Run(callers, match);
            if (round >= 0)
            {
                results.Add(result);
                microseconds.Add((server.ProcessorTime - before).TotalMicroseconds / result.Calls);
            }
        }

        return
        [
            Measurement.Of($"{name}: half of the answers below", "ms", results.Select(it => it.P50)),
            Measurement.Of($"{name}: 99 % of the answers below", "ms", results.Select(it => it.P99)),
            Measurement.Of($"{name}: answers", "1/s", results.Select(it => it.PerSecond)),
            Measurement.Of($"{name}: processor time of the silo, an answer", "us", microseconds),
        ];
    }

    private static async Task<LoadResult> Run(int callers, Func<Task> match)
    {
        var latencies = new Latencies();
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(Call)));
        return latencies.ToResult(Stopwatch.GetElapsedTime(begun).TotalSeconds);

        async Task Call()
        {
            while (Stopwatch.GetElapsedTime(begun) < Length)
            {
                var started = Stopwatch.GetTimestamp();
                await match();
                latencies.Note(started);
            }
        }
    }
}
