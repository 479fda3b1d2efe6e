using System.Collections.Concurrent;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Checks;

/// <summary>The newest position in each shard that this client wrote at lately, so that its checks see its own writes.</summary>
/// <param name="clock">By which "lately" goes.</param>
/// <remarks>
/// Holds one position a shard. After <see cref="Lifetime"/> a position is not asked for any more: by then every silo has it, or says
/// by itself that it is not current; and an exchange that was restored from an older backup is not asked for ever for what it lost.
/// Safe from any thread.
/// </remarks>
internal sealed class PositionMemory(TimeProvider clock)
{
    /// <summary>How long a write is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>As many positions as a request may name.</summary>
    public const int MaxPositions = 256;

    // Shards are the top bits of tokens; an exchange has 2 to 4,096 of them, a power of two.
    private const int MaxShardBits = 12;

    private readonly ConcurrentDictionary<uint, (ulong Sequence, long At)> _newest = new();

    /// <summary>Takes note of a write.</summary>
    public void Remember(Position? position)
    {
        if (position is not null)
        {
            _newest.AddOrUpdate(
                position.Shard,
                static (_, written) => written,
                static (_, known, written) => written.Sequence > known.Sequence ? written : known,
                (position.Sequence, clock.GetTimestamp())
            );
        }
    }

    /// <summary>Returns the positions that an answer about these tokens must take into account: the remembered and the stated ones.</summary>
    /// <remarks>
    /// How many shards there are is the exchange's business. So a position is left out only if its shard could not be any of the
    /// tokens' with any number of shards: a few too many are named, never one too few.
    /// </remarks>
    public IReadOnlyCollection<Position> For(IEnumerable<Token> tokens, IEnumerable<Position> stated)
    {
        var positions = stated
            .GroupBy(position => position.Shard)
            .ToDictionary(ofShard => ofShard.Key, ofShard => ofShard.Max(position => position.Sequence));
        foreach (var shard in _newest.IsEmpty ? [] : tokens.SelectMany(ShardsOf).Distinct())
        {
            if (_newest.TryGetValue(shard, out var written) && clock.GetElapsedTime(written.At) < Lifetime)
            {
                positions[shard] = Math.Max(written.Sequence, positions.GetValueOrDefault(shard));
            }
        }

        return [.. positions.Select(entry => new Position { Shard = entry.Key, Sequence = entry.Value })];
    }

    /// <summary>Returns the newest position of every shard that was written to lately, at most <see cref="MaxPositions"/> of them.</summary>
    public IEnumerable<Position> Recent() =>
        _newest
            .Where(entry => clock.GetElapsedTime(entry.Value.At) < Lifetime)
            .OrderByDescending(entry => entry.Value.At)
            .Take(MaxPositions)
            .Select(entry => new Position { Shard = entry.Key, Sequence = entry.Value.Sequence });

    private static IEnumerable<uint> ShardsOf(Token token) =>
        Enumerable.Range(1, MaxShardBits).Select(bits => (uint)(token.Prefix >> (64 - bits)));
}
