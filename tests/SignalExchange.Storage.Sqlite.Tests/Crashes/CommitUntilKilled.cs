using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Sqlite.Tests.Crashes;

/// <summary>The process that commits on eight shards at a time and prints each commit when it is acknowledged.</summary>
internal static class CommitUntilKilled
{
    private const int Writers = 8;
    private const int Indicators = 50;

    public static async Task<int> RunAsync(string folder)
    {
        var store = await ChildProcess.OpenStoreAsync(folder);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(shard => CommitAsync(store, new(shard))));
        return 0;
    }

    private static async Task CommitAsync(SqliteExchangeStore store, Shard shard)
    {
        var model = await ResumedAsync(store, shard);
        for (var i = (int)model.Head; ; i++)
        {
            var commit = model.Next(i % Indicators, i % Indicators + Indicators);
            await model.CommitAsync(store, commit, CancellationToken.None);
            var acknowledged = new AcknowledgedCommit(shard, commit.Row.LastSequence, commit.Row.CommitId);
            await Console.Out.WriteLineAsync(acknowledged.ToString());
        }
    }

    // What the process before this one wrote, acknowledged or not.
    private static async Task<ShardModel> ResumedAsync(SqliteExchangeStore store, Shard shard)
    {
        var model = new ShardModel(store.Shards, shard);
        await foreach (var row in store.ReadLogAsync(shard, 0, CancellationToken.None))
        {
            model.Apply(Replayed(row));
        }

        return model;
    }

    private static ShardCommit Replayed(LogRow row) =>
        new(
            row.FirstSequence - 1,
            row,
            [
                .. row.Changes.Select(
                    (change, i) => new IndicatorWrite(change.Token, 0, row.FirstSequence + i, change.Detail)
                ),
            ]
        );
}
