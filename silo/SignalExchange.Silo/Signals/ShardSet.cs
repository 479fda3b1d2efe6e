using System.Numerics;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>Some of an exchange's shards, a bit each, in memory that the caller lends.</summary>
/// <param name="words">Cleared, with room for <see cref="ShardMap.MaxCount"/> bits: <see cref="Words"/>.</param>
internal readonly ref struct ShardSet(Span<ulong> words)
{
    /// <summary>How many words any exchange's shards take.</summary>
    public const int Words = ShardMap.MaxCount / BitsInWord;

    private const int BitsInWord = 64;

    private readonly Span<ulong> _words = words;

    /// <summary>Gets how many there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>Adds a shard; one that is there stays.</summary>
    public void Add(Shard shard) => _words[shard.Number / BitsInWord] |= 1UL << (shard.Number % BitsInWord);

    /// <summary>Takes out the shard with the least number.</summary>
    /// <returns>False when there is none left.</returns>
    public bool TryTakeFirst(out Shard shard)
    {
        for (var place = 0; place < _words.Length; place++)
        {
            ref var word = ref _words[place];
            if (word != 0)
            {
                shard = new((place * BitsInWord) + BitOperations.TrailingZeroCount(word));
                word &= word - 1;
                return true;
            }
        }

        shard = default;
        return false;
    }
}
