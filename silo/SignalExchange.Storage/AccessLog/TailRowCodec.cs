using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SignalExchange.Storage.AccessLog;

/// <summary>The records of a tail's row, as bytes, and their digest, the same on every engine that keeps tails in tables.</summary>
/// <remarks>
/// <code>
/// records = count * (uint16 length, entry)     the framing of C2SP's entry bundles
///           count * (uint32 length, detail)    that of the detail bundles
/// digest  = SHA-256(int64 position, uint32 count, records)
/// </code>
/// Numbers are big-endian. SQLite has no checksums in its database file, PostgreSQL only where they were asked for; the digest
/// shows what a disk got wrong, and where. A change here is a new format of every engine's tables.
/// </remarks>
public static class TailRowCodec
{
    private const int EntryLengthBytes = 2;
    private const int DetailLengthBytes = 4;

    /// <summary>The most entries of a row: rows end where bundles end, https://c2sp.org/tlog-tiles.</summary>
    public const int BundleSize = 256;

    /// <summary>Returns how many of the records go into the row that begins at an index.</summary>
    public static int CountFrom(long index, int remaining) => (int)Math.Min(remaining, BundleSize - index % BundleSize);

    /// <summary>Returns the size of the records' bytes.</summary>
    public static int Measure(IReadOnlyList<AccessLogRecord> records, int first, int count)
    {
        var bytes = count * (EntryLengthBytes + DetailLengthBytes);
        for (var i = first; i < first + count; i++)
        {
            bytes += records[i].Entry.Length + records[i].SealedDetail.Length;
        }

        return bytes;
    }

    /// <summary>Writes the records' bytes.</summary>
    public static void Write(IReadOnlyList<AccessLogRecord> records, int first, int count, Span<byte> destination)
    {
        for (var i = first; i < first + count; i++)
        {
            var entry = records[i].Entry.Span;
            BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)entry.Length);
            entry.CopyTo(destination[EntryLengthBytes..]);
            destination = destination[(EntryLengthBytes + entry.Length)..];
        }

        for (var i = first; i < first + count; i++)
        {
            var detail = records[i].SealedDetail.Span;
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)detail.Length);
            detail.CopyTo(destination[DetailLengthBytes..]);
            destination = destination[(DetailLengthBytes + detail.Length)..];
        }
    }

    /// <summary>Writes the digest of a row.</summary>
    public static void Digest(long position, int count, ReadOnlySpan<byte> records, Span<byte> digest)
    {
        Span<byte> head = stackalloc byte[sizeof(long) + sizeof(uint)];
        BinaryPrimitives.WriteInt64BigEndian(head, position);
        BinaryPrimitives.WriteUInt32BigEndian(head[sizeof(long)..], (uint)count);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(records);
        hash.GetHashAndReset(digest);
    }

    /// <summary>Reads a row whose digest was checked.</summary>
    public static AccessLogRecord[] Read(ReadOnlyMemory<byte> records, int count)
    {
        var read = new AccessLogRecord[count];
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(records.Span);
            read[i] = new(records.Slice(EntryLengthBytes, length), default);
            records = records[(EntryLengthBytes + length)..];
        }

        for (var i = 0; i < count; i++)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(records.Span);
            read[i] = read[i] with { SealedDetail = records.Slice(DetailLengthBytes, length) };
            records = records[(DetailLengthBytes + length)..];
        }

        return read;
    }
}
