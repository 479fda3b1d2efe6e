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
            await using var copy = await BareCopy.Open(connectionString);
            await Serve(() => copy.Commit(settings.Batch));
            return;
        }

        if (settings.Azure is { } account)
        {
            var transactions = await BareTransactions.Open(account);
            await Serve(() => transactions.Commit(settings.Batch, settings.Batch));
            return;
        }

        using var loop = new BareLoop(settings.File!);
        await Serve(() => Task.Run(() => loop.Commit(settings.Batch, settings.Batch)));
    }

    private static Task Serve(Func<Task> commit) =>
        ParentLine.Serve<LoadOrder, LoadResult>("ready", order => Insert(order.Batches, commit));

    private static async Task<LoadResult> Insert(int batches, Func<Task> commit)
    {
        var latencies = new Latencies();
        var begun = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < batches; batch++)
        {
            var started = Stopwatch.GetTimestamp();
            await commit();
            latencies.Note(started);
        }

        return latencies.ToResult(Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
