using System.Diagnostics;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Clusters;

/// <summary>How soon a silo knows what another one acknowledged, asked with the position of the acknowledgement and without it.</summary>
internal static class OwnWrites
{
    private const int Silos = 3;
    private const int WarmUps = 20;

    /// <summary>Submits to each silo in turn and asks the next one.</summary>
    public static async Task<IReadOnlyList<Measurement>> Measure(ClusterCaller caller, int count)
    {
        var (withPosition, without, checks) = (new Latencies(), new Latencies(), new Latencies());
        var missed = 0;
        foreach (var (place, element) in VoprfBenchmark.DrawElements(WarmUps + count).Chunk(Token.Size).Index())
        {
            var (writer, reader, token) = (place % Silos, (place + 1) % Silos, caller.TokenOf(element));
            var accepted = (await caller.Submit(writer, [element]))[0].Accepted;
            var acknowledged = Stopwatch.GetTimestamp();
            if (place % 2 == 0)
            {
                missed += await caller.IsKnown(reader, token, accepted.Position) ? 0 : 1;
                Note(place, withPosition, acknowledged);
            }
            else
            {
                await UntilKnown(caller, reader, token, checks);
                Note(place, without, acknowledged);
            }
        }

        return
        [
            Measurement.Once("own write on another silo, by its position: not found", "", missed),
            .. Rows("own write on another silo, by its position", withPosition),
            .. Rows("own write on another silo, found without a position after", without),
            .. Rows("  of which one check", checks),
            Measurement.Once("without a position: p99 of the goal of 100 ms", "ratio", without.At(99) / 100),
        ];
    }

    private static void Note(int place, Latencies latencies, long begun)
    {
        if (place >= WarmUps)
        {
            latencies.Note(begun);
        }
    }

    private static async Task UntilKnown(ClusterCaller caller, int silo, Token token, Latencies checks)
    {
        for (var isKnown = false; !isKnown; )
        {
            var begun = Stopwatch.GetTimestamp();
            isKnown = await caller.IsKnown(silo, token);
            checks.Note(begun);
        }
    }

    private static IEnumerable<Measurement> Rows(string name, Latencies latencies) =>
        [
            Measurement.Once($"{name}: p50", "ms", latencies.At(50)),
            Measurement.Once($"{name}: p99", "ms", latencies.At(99)),
        ];
}
