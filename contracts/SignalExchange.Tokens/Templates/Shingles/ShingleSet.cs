using System.Numerics;

namespace SignalExchange.Tokens.Templates.Shingles;

/// <summary>The shingles of a text, each once, in the order of their first place.</summary>
internal static class ShingleSet
{
    /// <summary>Returns the hashes of the shingles of these letters.</summary>
    /// <remarks>Linear: the table has at least twice as many places as there are shingles, and hashes spread over it.</remarks>
    public static uint[] Of(ReadOnlySpan<int> letters)
    {
        var hashes = new uint[letters.Length];
        var places = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * letters.Length, 16))];
        var count = 0;
        for (var i = 0; i < letters.Length; i++)
        {
            var length = ShingleHash.LengthAt(letters, i);
            if (length == 0)
            {
                continue;
            }

            var hash = ShingleHash.Of(letters.Slice(i, length));
            if (TryAdd(places, hash))
            {
                hashes[count++] = hash;
            }
        }

        return hashes.AsSpan(0, count).ToArray();
    }

    // Zero marks a free place, so the one hash in four billion that is zero counts as one.
    private static bool TryAdd(Span<uint> places, uint hash)
    {
        var mask = places.Length - 1;
        var value = Math.Max(hash, 1);
        var at = (int)(value & (uint)mask);
        while (places[at] != 0)
        {
            if (places[at] == value)
            {
                return false;
            }

            at = (at + 1) & mask;
        }

        places[at] = value;
        return true;
    }
}
