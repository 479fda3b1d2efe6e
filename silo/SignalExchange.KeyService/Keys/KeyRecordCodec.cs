using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Keys;

/// <summary>The records of a <see cref="KeyFile"/> as bytes, before they are sealed.</summary>
/// <remarks>
/// <code>
/// for each key, to the end:
///    1 byte     length of the key id, n
///    n bytes    key id, ASCII
///    1 byte     length of the canonical version, m
///    m bytes    canonical version, ASCII
///    8 bytes    not before, seconds since 1970, big-endian
///    8 bytes    not after, the same
///   32 bytes    secret key
/// </code>
/// </remarks>
internal static class KeyRecordCodec
{
    /// <summary>Returns the bytes of the records; the caller clears them.</summary>
    internal static byte[] Encode(IReadOnlyList<KeyRecord> records)
    {
        var bytes = new byte[records.Sum(SizeOf)];
        var rest = bytes.AsSpan();
        foreach (var record in records)
        {
            rest = WriteText(record.KeyId.ToString(), rest);
            rest = WriteText(record.CanonicalVersion, rest);
            rest = WriteTime(record.NotBefore, rest);
            rest = WriteTime(record.NotAfter, rest);
            record.Key.Export(rest[..VoprfKey.SecretSize]);
            rest = rest[VoprfKey.SecretSize..];
        }

        return bytes;
    }

    /// <summary>Reads the records back; the caller owns them and clears the bytes.</summary>
    /// <exception cref="InvalidDataException">What does not fit and what to do.</exception>
    internal static IReadOnlyList<KeyRecord> Decode(ReadOnlySpan<byte> bytes)
    {
        var records = new List<KeyRecord>();
        try
        {
            while (!bytes.IsEmpty)
            {
                records.Add(ReadRecord(ref bytes));
            }

            return RefuseDuplicates(records);
        }
        catch (Exception exception)
        {
            records.ForEach(record => record.Dispose());
            if (exception is ArgumentOutOfRangeException or CryptographicException)
            {
                throw new InvalidDataException(
                    "The file holds damaged records. Restore it from the backup.",
                    exception
                );
            }

            throw;
        }
    }

    private static KeyRecord ReadRecord(ref ReadOnlySpan<byte> rest)
    {
        var text = ReadText(ref rest);
        if (!KeyId.TryParse(text, out var keyId))
        {
            throw new InvalidDataException(
                "The file holds a key for a kind of identifier that this version does not know. Use the version that wrote it."
            );
        }

        var canonicalVersion = ReadText(ref rest);
        var notBefore = ReadTime(ref rest);
        var notAfter = ReadTime(ref rest);
        var key = VoprfKey.Import(rest[..VoprfKey.SecretSize]);
        rest = rest[VoprfKey.SecretSize..];
        var record = new KeyRecord(keyId.Type, keyId.Epoch, canonicalVersion, notBefore, notAfter, key);
        if (record.KeyId == keyId)
        {
            return record;
        }

        record.Dispose();
        throw new InvalidDataException(
            $"The file holds a key that is not the one of its id {keyId}. Restore it from the backup."
        );
    }

    private static List<KeyRecord> RefuseDuplicates(List<KeyRecord> records) =>
        records.DistinctBy(record => (record.KeyId.Type, record.KeyId.Epoch)).Count() == records.Count
            ? records
            : throw new InvalidDataException(
                "The file holds two keys of one type and epoch. Restore it from the backup."
            );

    private static int SizeOf(KeyRecord record) =>
        1
        + record.KeyId.ToString().Length
        + 1
        + record.CanonicalVersion.Length
        + (2 * sizeof(long))
        + VoprfKey.SecretSize;

    private static Span<byte> WriteText(string text, Span<byte> rest)
    {
        rest[0] = checked((byte)text.Length);
        return rest[(1 + Encoding.ASCII.GetBytes(text, rest[1..]))..];
    }

    private static Span<byte> WriteTime(DateTimeOffset time, Span<byte> rest)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, time.ToUnixTimeSeconds());
        return rest[sizeof(long)..];
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = rest[..1][0];
        var text = Encoding.ASCII.GetString(rest.Slice(1, length));
        rest = rest[(1 + length)..];
        return text;
    }

    private static DateTimeOffset ReadTime(ref ReadOnlySpan<byte> rest)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(rest));
        rest = rest[sizeof(long)..];
        return time;
    }
}
