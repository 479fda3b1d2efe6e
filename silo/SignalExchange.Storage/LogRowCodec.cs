using System.Buffers.Binary;
using SignalExchange.Contracts;

namespace SignalExchange.Storage;

/// <summary>The changes of a log row as bytes, the same on every engine.</summary>
/// <remarks>
/// <code>
/// byte 0        format version, 1
/// then, for each change, to the end:
///   32 bytes    token
///    4 bytes    summary, little-endian
///    2 bytes    length of the detail, little-endian
///    n bytes    detail
/// </code>
/// A change of this drawing is a new version; <c>LogRowCodecTests</c> holds the golden bytes.
/// </remarks>
public static class LogRowCodec
{
    /// <summary>The bytes of a row without changes.</summary>
    public const int HeaderBytes = 1;

    private const byte Version = 1;
    private const int FixedPart = Token.Size + sizeof(uint) + sizeof(ushort);

    /// <summary>Returns how many bytes the changes become.</summary>
    public static long Measure(IReadOnlyList<ShardChange> changes) =>
        HeaderBytes + changes.Sum(change => (long)Measure(change.Detail.Length));

    /// <summary>Returns how many bytes a change adds.</summary>
    /// <param name="detailBytes">The bytes of its detail.</param>
    public static int Measure(int detailBytes) => FixedPart + detailBytes;

    /// <summary>Returns the bytes of the changes.</summary>
    /// <exception cref="ArgumentException">A detail is longer than 65,535 bytes.</exception>
    public static byte[] Encode(IReadOnlyList<ShardChange> changes)
    {
        var bytes = new byte[Measure(changes)];
        bytes[0] = Version;
        var rest = bytes.AsSpan(1);
        foreach (var change in changes)
        {
            if (change.Detail.Length > ushort.MaxValue)
            {
                throw new ArgumentException(
                    $"A detail has {change.Detail.Length} bytes; 65,535 are allowed.",
                    nameof(changes)
                );
            }

            change.Token.CopyTo(rest);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[Token.Size..], change.Summary.Value);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[(Token.Size + 4)..], (ushort)change.Detail.Length);
            change.Detail.Span.CopyTo(rest[FixedPart..]);
            rest = rest[(FixedPart + change.Detail.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads the changes back.</summary>
    /// <exception cref="StorageFormatException">The version is unknown or the bytes end in the middle.</exception>
    public static IReadOnlyList<ShardChange> Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Span[0] != Version)
        {
            throw new StorageFormatException(
                $"A log row has a format other than {Version}. Use the version that wrote it."
            );
        }

        var changes = new List<ShardChange>();
        for (var rest = bytes[1..]; !rest.IsEmpty; )
        {
            var length =
                rest.Length < FixedPart
                    ? int.MaxValue
                    : FixedPart + BinaryPrimitives.ReadUInt16LittleEndian(rest.Span[(Token.Size + 4)..]);
            if (rest.Length < length)
            {
                throw new StorageFormatException("A log row ends in the middle of a change.");
            }

            changes.Add(
                new(
                    new Token(rest.Span[..Token.Size]),
                    new IndicatorSummary(BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[Token.Size..])),
                    rest[FixedPart..length]
                )
            );
            rest = rest[length..];
        }

        return changes;
    }
}
