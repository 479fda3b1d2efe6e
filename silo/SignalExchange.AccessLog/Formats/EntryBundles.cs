using System.Buffers.Binary;

namespace SignalExchange.AccessLog.Formats;

/// <summary>Entry bundles of https://c2sp.org/tlog-tiles: each entry a big-endian uint16 length and the bytes.</summary>
internal static class EntryBundles
{
    private const int LengthBytes = 2;

    /// <summary>Returns a bundle's bytes.</summary>
    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var bytes = new byte[entries.Sum(entry => LengthBytes + entry.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + entry.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads a bundle.</summary>
    /// <returns>As many entries as it has before its bytes make no sense any more.</returns>
    public static List<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>(LogPaths.TileWidth);
        while (
            bundle.Length >= LengthBytes
            && BinaryPrimitives.ReadUInt16BigEndian(bundle.Span) is var length
            && length <= bundle.Length - LengthBytes
        )
        {
            entries.Add(bundle.Slice(LengthBytes, length));
            bundle = bundle[(LengthBytes + length)..];
        }

        return entries;
    }
}
