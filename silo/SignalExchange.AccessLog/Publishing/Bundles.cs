using System.Buffers;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Writes what stands beside the tiles: a bundle of entries, and one of their sealed details.</summary>
internal static class Bundles
{
    /// <summary>Returns a bundle of entries.</summary>
    public static Resource OfEntries(long number, IReadOnlyList<ReadOnlyMemory<byte>> entries) =>
        new(TilePath.Entries(number, entries.Count), Write(entries, EntryBundle.Write));

    /// <summary>Returns a bundle of sealed details.</summary>
    public static Resource OfDetails(long number, IReadOnlyList<ReadOnlyMemory<byte>> details) =>
        new(TilePath.Details(number, details.Count), Write(details, DetailBundle.Write));

    private static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> items, Framing write)
    {
        var bytes = new ArrayBufferWriter<byte>(items.Sum(item => item.Length + sizeof(uint)) + 1);
        foreach (var item in items)
        {
            write(bytes, item.Span);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private delegate void Framing(IBufferWriter<byte> destination, ReadOnlySpan<byte> item);
}
