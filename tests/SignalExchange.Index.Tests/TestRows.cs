using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

/// <summary>Log rows and what leads to them.</summary>
internal static class TestRows
{
    public static readonly ShardMap Shards = new(2);
    public static readonly Shard First = new(0);

    public static LocalIndex CreateIndex(ShardMap? shards = null, TimeProvider? time = null) =>
        new(shards ?? Shards, time ?? TimeProvider.System);

    /// <summary>A row of the first shard: each change sets <see cref="TestTokens.Alike"/> of its sequence.</summary>
    public static LogRow Row(long firstSequence, params ReadOnlySpan<uint> summaries)
    {
        var changes = new List<ShardChange>();
        foreach (var summary in summaries)
        {
            changes.Add(Change(TestTokens.Alike((ulong)(firstSequence + changes.Count)), summary));
        }

        return new(First, firstSequence, CommitId: 0, changes);
    }

    public static LogRow Row(long firstSequence, Token token, uint summary) =>
        new(First, firstSequence, CommitId: 0, [Change(token, summary)]);

    public static ShardChange Change(Token token, uint summary) => new(token, new(summary), default);

    /// <summary>What the index holds of the token that <see cref="Row(long, ReadOnlySpan{uint})"/> set; 0 for nothing.</summary>
    public static uint SummaryOf(this LocalIndex index, long sequence)
    {
        _ = index.TryFind(TestTokens.Alike((ulong)sequence), out var summary);
        return summary.Value;
    }

    /// <summary>Sets tokens, whatever their shards; sequences go on where each shard stands.</summary>
    public static void Set(this LocalIndex index, ShardMap shards, IEnumerable<Token> tokens, uint summary)
    {
        foreach (var group in tokens.GroupBy(shards.ShardOf))
        {
            var changes = group.Select(token => Change(token, summary)).ToList();
            Assert.True(index.Apply(new(group.Key, index.AppliedSequence(group.Key) + 1, CommitId: 0, changes)));
        }
    }

    public static async Task<LogRow> AppendAsync(this IShardStore store, Shard shard, params ShardChange[] changes)
    {
        var head = await store.ReadHeadAsync(shard, TestContext.Current.CancellationToken);
        var row = new LogRow(shard, head + 1, CommitId: 0, changes);
        var outcome = await store.CommitAsync(new(head, row, []), TestContext.Current.CancellationToken);
        Assert.Equal(CommitOutcome.Committed, outcome);
        return row;
    }
}
