using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>What is known, in memory: token to summary.</summary>
public sealed class LocalIndex(ShardMap shards)
{
    private readonly Dictionary<Token, IndicatorSummary>[] _tables =
    [
        .. shards.All.Select(_ => new Dictionary<Token, IndicatorSummary>()),
    ];
    private readonly long[] _applied = new long[shards.Count];

    /// <summary>Finds the places of tokens that are live.</summary>
    public int FindHits(ReadOnlySpan<byte> packedTokens, uint nowHours, Span<int> hitIndexes)
    {
        var found = 0;
        for (var place = 0; place < packedTokens.Length / Token.Size; place++)
        {
            var token = new Token(packedTokens.Slice(place * Token.Size, Token.Size));
            var table = _tables[shards.ShardOf(token).Number];
            lock (table)
            {
                if (table.TryGetValue(token, out var summary) && summary.Value > nowHours)
                {
                    hitIndexes[found++] = place;
                }
            }
        }

        return found;
    }

    /// <summary>Applies a row.</summary>
    public bool Apply(LogRow row)
    {
        var table = _tables[row.Shard.Number];
        lock (table)
        {
            var applied = _applied[row.Shard.Number];
            if (row.FirstSequence > applied + 1)
            {
                return false;
            }

            foreach (var change in row.Changes.Skip((int)Math.Max(0, applied - row.FirstSequence + 1)))
            {
                if (change.Summary.IsLive)
                {
                    table[change.Token] = change.Summary;
                }
                else
                {
                    table.Remove(change.Token);
                }
            }

            _applied[row.Shard.Number] = Math.Max(applied, row.LastSequence);
            return true;
        }
    }

    /// <summary>The sequence applied last.</summary>
    public long AppliedSequence(Shard shard) => Volatile.Read(ref _applied[shard.Number]);

    /// <summary>Whether the shard's feed has no gap.</summary>
    public bool IsCurrent(Shard shard) => shard.Number < _applied.Length;

    /// <summary>Waits for a position.</summary>
    public async ValueTask<bool> WaitForAsync(
        ShardPosition position,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        if (AppliedSequence(position.Shard) >= position.Sequence)
        {
            return true;
        }

        await Task.Delay(limit, cancellationToken);
        return AppliedSequence(position.Shard) >= position.Sequence;
    }
}
