using System.Numerics;
using SignalExchange.Contracts;

namespace SignalExchange.Storage;

/// <summary>Which shard a token belongs to: its top bits say. Fixed for the life of an exchange.</summary>
public sealed class ShardMap
{
    /// <summary>The shards of an exchange whose operator stated no number.</summary>
    public const int DefaultCount = 256;

    /// <summary>The most shards of an exchange.</summary>
    public const int MaxCount = 4096;

    private readonly int _shift;

    /// <summary>Creates the map.</summary>
    /// <param name="count">A power of two from 2 to 4,096.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public ShardMap(int count = DefaultCount)
    {
        if (count is < 2 or > MaxCount || !BitOperations.IsPow2(count))
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "A power of two from 2 to 4,096.");
        }

        Count = count;
        _shift = 64 - BitOperations.Log2((uint)count);
    }

    /// <summary>Gets the number of shards.</summary>
    public int Count { get; }

    /// <summary>Gets every shard, in order.</summary>
    public IEnumerable<Shard> All => Enumerable.Range(0, Count).Select(number => new Shard(number));

    /// <summary>Returns the shard of a token.</summary>
    public Shard ShardOf(Token token) => ShardOf(token.Prefix);

    /// <summary>Returns the shard of a token, given its first 64 bits.</summary>
    /// <param name="prefix">As <see cref="Token.Prefix"/>.</param>
    public Shard ShardOf(ulong prefix) => new((int)(prefix >> _shift));

    /// <summary>Whether there is such a shard.</summary>
    public bool Contains(Shard shard) => (uint)shard.Number < (uint)Count;
}
