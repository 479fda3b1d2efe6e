using System.Buffers.Binary;

namespace SignalExchange.Index.Tables;

/// <summary>An entry as it is written down: 8 bytes of fingerprint and 4 of summary, both little-endian.</summary>
internal static class PackedEntry
{
    /// <summary>The bytes of an entry.</summary>
    public const int Size = sizeof(ulong) + sizeof(uint);

    /// <summary>Writes an entry to the beginning of a span.</summary>
    public static void Write(Span<byte> packed, ulong fingerprint, uint summary)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(packed, fingerprint);
        BinaryPrimitives.WriteUInt32LittleEndian(packed[sizeof(ulong)..], summary);
    }

    /// <summary>Reads the entry at the beginning of a span.</summary>
    public static (ulong Fingerprint, uint Summary) Read(ReadOnlySpan<byte> packed) =>
        (
            BinaryPrimitives.ReadUInt64LittleEndian(packed),
            BinaryPrimitives.ReadUInt32LittleEndian(packed[sizeof(ulong)..])
        );
}
