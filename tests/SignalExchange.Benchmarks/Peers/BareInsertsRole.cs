using System.Diagnostics;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Benchmarks.Submissions;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>A process that inserts the rows of submissions into SQLite, a transaction a batch, and nothing else.</summary>
internal static class BareInsertsRole
{
    /// <summary>Plays the role.</summary>
    public static async Task Play(BareInsertsSettings settings)
    {
        using var loop = new BareLoop(settings.File);
        await ParentLine.Serve<LoadOrder, LoadResult>("ready", order => Task.FromResult(Insert(loop, settings, order)));
    }

    private static LoadResult Insert(BareLoop loop, BareInsertsSettings settings, LoadOrder order)
    {
        var latencies = new Latencies();
        var begun = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < order.Batches; batch++)
        {
            var started = Stopwatch.GetTimestamp();
            loop.Commit(settings.Batch, settings.Batch);
            latencies.Note(started);
        }

        return latencies.ToResult(Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
