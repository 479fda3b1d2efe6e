using System.Buffers;
using System.Buffers.Binary;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>The framing of entry bundles (C2SP tlog-tiles): each entry after its length, a big-endian uint16.</summary>
public static class EntryBundle
{
    /// <summary>The most bytes that an entry can have.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    /// <summary>Writes an entry.</summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="entry">At most <see cref="MaxEntryBytes"/>.</param>
    /// <exception cref="ArgumentException">The entry is longer.</exception>
    public static void Write(IBufferWriter<byte> destination, ReadOnlySpan<byte> entry)
    {
        if (entry.Length > MaxEntryBytes)
        {
            throw new ArgumentException(
                $"An entry has at most {MaxEntryBytes} bytes, got {entry.Length}.",
                nameof(entry)
            );
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination.GetSpan(sizeof(ushort)), (ushort)entry.Length);
        destination.Advance(sizeof(ushort));
        destination.Write(entry);
    }

    /// <summary>Takes the next entry off a bundle.</summary>
    /// <param name="rest">What is left of the bundle; unchanged if there is no whole entry at its front.</param>
    /// <param name="entry">The entry: a part of the bundle, not a copy.</param>
    /// <returns>False at the end, and where the bundle is cut off: then something is left.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out var length) || length > rest.Length - sizeof(ushort))
        {
            return false;
        }

        entry = rest.Slice(sizeof(ushort), length);
        rest = rest[(sizeof(ushort) + length)..];
        return true;
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="bundle">All of it.</param>
    /// <returns>As many entries as it has before its bytes make no sense any more: parts of the bundle, not copies.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>(TilePath.FullWidth);
        for (var rest = bundle.Span; TryRead(ref rest, out var entry); )
        {
            entries.Add(bundle.Slice(bundle.Length - rest.Length - entry.Length, entry.Length));
        }

        return entries;
    }
}
