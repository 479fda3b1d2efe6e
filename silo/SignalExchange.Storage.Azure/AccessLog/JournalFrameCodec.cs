using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>A frame of a journal as bytes.</summary>
/// <remarks>
/// <code>
/// frame    = uint32 length             of all of it
///            byte   kind               1; 2 when the journal goes on in the next segment
///            uint128 id
///            int64  epoch, first, size, published
///            byte   count              resources that are replaced
///            count * (byte length, path in ASCII, uint32 length, content)
///            uint32 count, records     as TailRowCodec draws them
///            32 bytes                  SHA-256 of int64 segment, int64 offset, and all of the above
/// </code>
/// Numbers are big-endian. The digest shows what was damaged, and what does not belong where it lies. A change here is a new
/// <see cref="LogFormat.Format"/>.
/// </remarks>
internal static class JournalFrameCodec
{
    private const byte GoesOn = 1;
    private const byte IsLast = 2;
    private const int IdBytes = 16;

    /// <summary>Where a frame's id lies in it.</summary>
    public static readonly (int Offset, int Length) IdRange = (sizeof(int) + sizeof(byte), IdBytes);

    /// <summary>Writes a frame that is to lie at a place.</summary>
    public static byte[] Encode(JournalFrame frame, JournalPlace place)
    {
        var bytes = new ArrayBufferWriter<byte>(frame.Records.Length + 256);
        Int32(bytes, 0);
        Bytes(bytes, [frame.IsLast ? IsLast : GoesOn]);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.GetSpan(IdBytes), frame.Id);
        bytes.Advance(IdBytes);
        Int64(bytes, frame.State.Epoch);
        Int64(bytes, frame.State.Extent.First);
        Int64(bytes, frame.State.Extent.Size);
        Int64(bytes, frame.State.Extent.Published);
        Bytes(bytes, [(byte)frame.Resources.Count]);
        foreach (var (path, content) in frame.Resources)
        {
            Bytes(bytes, [(byte)path.Length]);
            Bytes(bytes, Encoding.ASCII.GetBytes(path));
            Int32(bytes, content.Length);
            Bytes(bytes, content.Span);
        }

        Int32(bytes, frame.Count);
        Bytes(bytes, frame.Records.Span);

        var encoded = new byte[bytes.WrittenCount + SHA256.HashSizeInBytes];
        bytes.WrittenSpan.CopyTo(encoded);
        BinaryPrimitives.WriteInt32BigEndian(encoded, encoded.Length);
        Digest(encoded, place).CopyTo(encoded.AsSpan(bytes.WrittenCount));
        return encoded;
    }

    /// <summary>Returns the length of the frame that begins here; null when too little is there to tell.</summary>
    public static int? Measure(ReadOnlySpan<byte> bytes) =>
        bytes.Length < sizeof(int) ? null : BinaryPrimitives.ReadInt32BigEndian(bytes);

    /// <summary>Reads a frame; null when it is damaged, or was not written for this place.</summary>
    public static JournalFrame? TryDecode(ReadOnlyMemory<byte> bytes, JournalPlace place)
    {
        if (
            bytes.Length <= SHA256.HashSizeInBytes
            || !Digest(bytes.Span, place).AsSpan().SequenceEqual(bytes.Span[^SHA256.HashSizeInBytes..])
        )
        {
            return null;
        }

        // What has the digest was written by us: it has the form.
        var rest = bytes[sizeof(int)..^SHA256.HashSizeInBytes];
        var kind = Take(ref rest, 1)[0];
        var id = BinaryPrimitives.ReadUInt128BigEndian(Take(ref rest, IdBytes));
        var epoch = Int64(ref rest);
        var state = new JournalState(epoch, new(Int64(ref rest), Int64(ref rest), Int64(ref rest)));
        var resources = Resources(ref rest);
        var count = Int32(ref rest);
        return new(id, state, kind == IsLast, resources, count, rest);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Resources(ref ReadOnlyMemory<byte> rest)
    {
        var resources = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (int left = Take(ref rest, 1)[0]; left > 0; left--)
        {
            var path = Encoding.ASCII.GetString(Take(ref rest, Take(ref rest, 1)[0]));
            resources[path] = Take(ref rest, Int32(ref rest)).ToArray();
        }

        return resources;
    }

    private static byte[] Digest(ReadOnlySpan<byte> encoded, JournalPlace place)
    {
        Span<byte> head = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(head, place.Segment);
        BinaryPrimitives.WriteInt64BigEndian(head[sizeof(long)..], place.Offset);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(encoded[..^SHA256.HashSizeInBytes]);
        return hash.GetHashAndReset();
    }

    private static void Bytes(ArrayBufferWriter<byte> bytes, ReadOnlySpan<byte> value) => bytes.Write(value);

    private static void Int32(ArrayBufferWriter<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), value);
        bytes.Advance(sizeof(int));
    }

    private static void Int64(ArrayBufferWriter<byte> bytes, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), value);
        bytes.Advance(sizeof(long));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        var taken = rest.Span[..length];
        rest = rest[length..];
        return taken;
    }

    private static int Int32(ref ReadOnlyMemory<byte> rest) =>
        BinaryPrimitives.ReadInt32BigEndian(Take(ref rest, sizeof(int)));

    private static long Int64(ref ReadOnlyMemory<byte> rest) =>
        BinaryPrimitives.ReadInt64BigEndian(Take(ref rest, sizeof(long)));
}
