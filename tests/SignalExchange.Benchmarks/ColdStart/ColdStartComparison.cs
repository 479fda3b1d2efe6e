using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Index;
using SignalExchange.Index.Snapshots;
using SignalExchange.Storage;
using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Benchmarks.ColdStart;

/// <summary>Filling an index from its snapshot, against reading the snapshot's file and doing nothing with it.</summary>
internal static class ColdStartComparison
{
    private const int Rounds = 11;
    private const int TokensAtOnce = 1_000_000;

    /// <summary>Measures both, round by round: with the file in the system's memory, and with the file on the disk only.</summary>
    /// <param name="count">The number of indicators.</param>
    public static async Task<IReadOnlyList<RoundPair>> Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("signalexchange-snapshot-").FullName;
        try
        {
            var store = await Write(folder, count);
            return
            [
                await Measure(store, folder, "in memory", static _ => { }),
                await Measure(store, folder, "on the disk", SnapshotFile.Forget),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<MarkStore> Write(string folder, int count)
    {
        var shards = new ShardMap();
        await using var services = NewSilo(new MarkStore(shards, new long[shards.Count]), folder);
        var index = services.GetRequiredService<LocalIndex>();
        var filler = new IndexFiller(index, shards, IndexFiller.FarAway);
        for (var left = count; left > 0; left -= TokensAtOnce)
        {
            filler.Add(TokenSet.Draw(Math.Min(left, TokensAtOnce)));
        }

        index.MarkComplete();
        await services.GetRequiredService<IndexSnapshots>().WriteAsync(CancellationToken.None);
        return new(shards, [.. shards.All.Select(index.AppliedSequence)]);
    }

    private static async Task<RoundPair> Measure(MarkStore store, string folder, string where, Action<string> prepare)
    {
        var file = Path.Combine(folder, "index.snapshot");
        var (ours, peer) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            prepare(file);
            var loading = await TimeLoading(store, folder);
            prepare(file);
            var reading = await Time(() => SnapshotFile.Read(file));
            if (round >= 0)
            {
                ours.Add(loading);
                peer.Add(reading);
            }
        }

        return new($"cold start from a snapshot: reading its file, {where}", "ms", ours, peer, Target.AtMost(4));
    }

    private static async Task<double> TimeLoading(MarkStore store, string folder)
    {
        double loading;
        await using (var services = NewSilo(store, folder))
        {
            var snapshots = services.GetRequiredService<IndexSnapshots>();
            loading = await Time(() => snapshots.LoadAsync(CancellationToken.None));
            if (services.GetRequiredService<LocalIndex>().Count == 0)
            {
                throw new InvalidOperationException("The snapshot was refused.");
            }
        }

        // The index lies outside the heap, and is given back with its last reference.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return loading;
    }

    private static ServiceProvider NewSilo(IShardStore store, string folder) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(store)
            .AddSingleton<ISnapshotStore>(new FileSnapshotStore(folder))
            .AddLocalIndex()
            .AddIndexSnapshots(static _ => new byte[32])
            .BuildServiceProvider();

    private static async Task<double> Time(Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
