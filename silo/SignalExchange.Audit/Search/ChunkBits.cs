using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalExchange.Audit.Search;

/// <summary>How a chunk's bits are stored: as 2,048 bytes, or, when they are few, as their places in two bytes each.</summary>
/// <remarks>Little-endian, ascending. The length tells which: places are at most 1,023, so 2,046 bytes.</remarks>
internal static class ChunkBits
{
    /// <summary>The bytes of a stored bitmap.</summary>
    public const int BitmapBytes = Chunk.Words * sizeof(ulong);

    private const int MaxPlaces = BitmapBytes / sizeof(ushort) - 1;

    /// <summary>Returns the stored form; empty when no bit is set.</summary>
    public static byte[] Encode(ReadOnlySpan<ulong> bits)
    {
        var count = Count(bits);
        if (count > MaxPlaces)
        {
            return MemoryMarshal.AsBytes(bits).ToArray();
        }

        var stored = new byte[count * sizeof(ushort)];
        var place = 0;
        foreach (var it in Places(bits.ToArray()))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(place), (ushort)it);
            place += sizeof(ushort);
        }

        return stored;
    }

    /// <summary>Reads the stored form.</summary>
    public static void Decode(ReadOnlySpan<byte> stored, Span<ulong> bits)
    {
        if (stored.Length == BitmapBytes)
        {
            stored.CopyTo(MemoryMarshal.AsBytes(bits));
            return;
        }

        bits.Clear();
        for (; !stored.IsEmpty; stored = stored[sizeof(ushort)..])
        {
            var place = BinaryPrimitives.ReadUInt16LittleEndian(stored);
            bits[place / 64] |= 1UL << (place % 64);
        }
    }

    /// <summary>Returns how many bits are set.</summary>
    public static int Count(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Returns the places of the bits that are set, ascending.</summary>
    public static IEnumerable<int> Places(ulong[] bits)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            for (var word = bits[i]; word != 0; word &= word - 1)
            {
                yield return i * 64 + BitOperations.TrailingZeroCount(word);
            }
        }
    }
}
