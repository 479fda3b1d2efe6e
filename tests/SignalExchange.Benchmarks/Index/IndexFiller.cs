using System.Globalization;
using SignalExchange.Contracts;
using SignalExchange.Index;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.Index;

/// <summary>Adds tokens to an index through log rows, as commits do.</summary>
/// <param name="index">The index.</param>
/// <param name="shards">Its shards.</param>
/// <param name="summary">What it is to keep of each.</param>
internal sealed class IndexFiller(LocalIndex index, ShardMap shards, IndicatorSummary summary)
{
    private const int ChangesInRow = 100;

    /// <summary>A summary that is live for as long as anybody measures.</summary>
    public static readonly IndicatorSummary FarAway = IndicatorSummary.LiveUntil(
        TimeProvider.System.GetUtcNow().AddYears(1)
    );

    /// <summary>Adds tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="onAdded">Told after each token was taken in; some wait for their row then.</param>
    public void Add(TokenSet tokens, Action<int>? onAdded = null)
    {
        var rows = shards.All.Select(_ => new List<ShardChange>()).ToArray();
        for (var i = 0; i < tokens.Count; i++)
        {
            Add(new Token(tokens[i]), rows);
            onAdded?.Invoke(i);
        }

        foreach (var shard in shards.All)
        {
            Flush(shard, rows[shard.Number]);
        }
    }

    /// <summary>Applies one row.</summary>
    public void Flush(Shard shard, List<ShardChange> changes)
    {
        if (changes.Count > 0 && !index.Apply(new(shard, index.AppliedSequence(shard) + 1, CommitId: 0, changes)))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Gap in shard {shard}."));
        }

        changes.Clear();
    }

    private void Add(Token token, List<ShardChange>[] rows)
    {
        var shard = shards.ShardOf(token);
        rows[shard.Number].Add(new(token, summary, default));
        if (rows[shard.Number].Count == ChangesInRow)
        {
            Flush(shard, rows[shard.Number]);
        }
    }
}
