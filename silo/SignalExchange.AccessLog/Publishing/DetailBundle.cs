using System.Buffers.Binary;
using SignalExchange.AccessLog.Formats;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>The sealed details of one full entry bundle, at <c>detail/N</c>: each a big-endian uint32 length and the bytes.</summary>
/// <remarks>Ours, beside the published formats: entries commit to details by their digest, and details can be destroyed.</remarks>
internal static class DetailBundle
{
    private const int LengthBytes = 4;

    /// <summary>Returns the path of a bundle.</summary>
    public static string PathOf(long bundle) => "detail/" + LogPaths.NumberOf(bundle);

    /// <summary>Returns a bundle's bytes.</summary>
    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> details)
    {
        var bytes = new byte[details.Sum(detail => LengthBytes + (long)detail.Length)];
        var rest = bytes.AsSpan();
        foreach (var detail in details)
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, detail.Length);
            detail.Span.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + detail.Length)..];
        }

        return bytes;
    }

    /// <summary>Reads a bundle.</summary>
    /// <returns>As many details as it has before its bytes make no sense any more.</returns>
    public static List<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle)
    {
        var details = new List<ReadOnlyMemory<byte>>();
        while (
            bundle.Length >= LengthBytes
            && BinaryPrimitives.ReadInt32BigEndian(bundle.Span) is >= 0 and var length
            && length <= bundle.Length - LengthBytes
        )
        {
            details.Add(bundle.Slice(LengthBytes, length));
            bundle = bundle[(LengthBytes + length)..];
        }

        return details;
    }
}
