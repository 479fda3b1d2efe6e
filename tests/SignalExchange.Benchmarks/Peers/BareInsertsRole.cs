using System.Diagnostics;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Benchmarks.Submissions;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>A process that inserts the rows of submissions into an engine, in transactions as large as it takes them, and nothing else.</summary>
internal static class BareInsertsRole
{
    /// <summary>Plays the role.</summary>
    public static async Task Play(BareInsertsSettings settings)
    {
        if (settings.Postgres is { } connectionString)
        {
            var copies = new List<BareCopy>();
            for (var lane = 0; lane < settings.UnderWay; lane++)
            {
                copies.Add(await BareCopy.Open(connectionString));
            }

            await Serve([.. copies.Select(copy => (Func<Task>)(() => copy.Commit(settings.Batch)))]);
            return;
        }

        if (settings.Azure is { } account)
        {
            var transactions = await BareTransactions.Open(account);
            var commit = () => transactions.Commit(settings.Batch, settings.Batch);
            await Serve([.. Enumerable.Repeat(commit, settings.UnderWay)]);
            return;
        }

        using var loop = new BareLoop(settings.File!);
        await Serve([() => Task.Run(() => loop.Commit(settings.Batch, settings.Batch))]);
    }

    private static Task Serve(IReadOnlyList<Func<Task>> lanes) =>
        ParentLine.Serve<LoadOrder, LoadResult>("ready", order => Insert(order.Batches, lanes));

    // Each lane takes the next batch as soon as it has committed its last.
    private static async Task<LoadResult> Insert(int batches, IReadOnlyList<Func<Task>> lanes)
    {
        var latencies = new Latencies();
        var taken = 0;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            lanes.Select(async commit =>
            {
                while (Interlocked.Increment(ref taken) <= batches)
                {
                    var started = Stopwatch.GetTimestamp();
                    await commit();
                    latencies.Note(started);
                }
            })
        );
        return latencies.ToResult(Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
