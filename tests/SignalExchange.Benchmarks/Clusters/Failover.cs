using System.Diagnostics;
using Grpc.Core;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Contracts;
using SignalExchange.TestKit.Clusters;

namespace SignalExchange.Benchmarks.Clusters;

/// <summary>How long it takes, after a silo was killed, until every shard accepts writes again.</summary>
internal static class Failover
{
    private const int Shards = 256;
    private const double GoalSeconds = 15;

    /// <summary>Kills the last silo, waits for the others to take over, and starts it again, a number of times.</summary>
    public static async Task<IReadOnlyList<Measurement>> Measure(SiloCluster cluster, ClusterCaller caller, int rounds)
    {
        var (seconds, returns) = (new List<double>(), new List<double>());
        var lost = cluster.Silos[^1];
        for (var round = 0; round < rounds; round++)
        {
            await WriteToAll(caller); // All shards are open, those of the silo that is to be lost as well.
            await lost.KillAsync();
            seconds.Add(await Time(() => WriteToAll(caller)));
            returns.Add(await Time(() => lost.StartAsync(CancellationToken.None)));
        }

        return
        [
            Measurement.Of("all shards accept writes after SIGKILL of one silo", "s", seconds),
            Measurement.Of(
                $"the same, of the goal of {GoalSeconds} s",
                "ratio",
                seconds.Select(it => it / GoalSeconds)
            ),
            Measurement.Of("the lost silo is ready again after its start", "s", returns),
        ];
    }

    private static async Task WriteToAll(ClusterCaller caller)
    {
        for (var waiting = ElementOfEachShard(caller); waiting.Count > 0; )
        {
            var tried = await Task.WhenAll(
                waiting.Select(async element => (element, IsWritten: await TryWrite(caller, element)))
            );
            waiting = [.. tried.Where(it => !it.IsWritten).Select(it => it.element)];
        }
    }

    private static async Task<bool> TryWrite(ClusterCaller caller, byte[] element)
    {
        try
        {
            return (await caller.Submit(0, [element]))[0].Accepted is not null;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return false; // Even the SDK's retries were not enough: the loop goes on.
        }
    }

    private static List<byte[]> ElementOfEachShard(ClusterCaller caller)
    {
        var found = new Dictionary<byte, byte[]>();
        while (found.Count < Shards)
        {
            foreach (var element in VoprfBenchmark.DrawElements(Shards).Chunk(Token.Size))
            {
                found[caller.TokenOf(element).ToArray()[0]] = element;
            }
        }

        return [.. found.Values];
    }

    private static async Task<double> Time(Func<Task> act)
    {
        var begun = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
