using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>Compares what a store holds with what it should.</summary>
public static class ShardAssert
{
    /// <summary>Fails unless the store holds the model: head, log and states, no more and no less.</summary>
    public static async Task HoldsAsync(ShardModel model, IShardStore store, CancellationToken cancellationToken)
    {
        Assert.Equal(model.Head, await store.ReadHeadAsync(model.Shard, cancellationToken));
        Same(model.Log, await ReadAsync(store, model.Shard, 0, cancellationToken));
        foreach (var row in model.Indicators.Values)
        {
            Same(row, await store.ReadIndicatorAsync(row.Token, cancellationToken));
        }
    }

    /// <summary>Fails unless the log, played from its beginning, ends in the states that are stored.</summary>
    public static async Task ReplaysAsync(Shard shard, IShardStore store, CancellationToken cancellationToken)
    {
        var changes = (await ReadAsync(store, shard, 0, cancellationToken))
            .SelectMany(row => row.Changes.Select((change, i) => (change, sequence: row.FirstSequence + i)))
            .GroupBy(entry => entry.change.Token);
        foreach (var entries in changes)
        {
            var (change, sequence) = entries.Last();
            Same(
                new(entries.Key, sequence, change.Detail),
                await store.ReadIndicatorAsync(entries.Key, cancellationToken)
            );
        }
    }

    /// <summary>Reads a log from a sequence to its end.</summary>
    public static async Task<List<LogRow>> ReadAsync(
        IShardStore store,
        Shard shard,
        long afterSequence,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<LogRow>();
        await foreach (var row in store.ReadLogAsync(shard, afterSequence, cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static void Same(IEnumerable<LogRow> expected, IEnumerable<LogRow> actual) =>
        Assert.Equal(expected.Select(Comparable), actual.Select(Comparable));

    public static void Same(IndicatorRow expected, IndicatorRow? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Token, expected.Version), (actual.Token, actual.Version));
        Assert.Equal(expected.State.ToArray(), actual.State.ToArray());
    }

    // Records compare lists and memory by identity; this form compares them by content.
    private static (Shard Shard, long First, UInt128 Id, string Changes) Comparable(LogRow row) =>
        (row.Shard, row.FirstSequence, row.CommitId, Convert.ToHexString(LogRowCodec.Encode(row.Changes)));
}
