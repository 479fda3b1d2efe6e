using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
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
///    1 byte     state: the number of KeyState
///    8 bytes    in that state since, seconds since 1970, big-endian; 0 in this and the next is none
///    8 bytes    not before
///    8 bytes    not after
///    8 bytes    checks until
///    1 byte     length of the key id of the one before, p; 0 for none
///    p bytes    that key id, ASCII
///   32 bytes    root of what proves its rotation; zero for none
///   32 bytes    public key
///   32 bytes    secret key; zero when it is destroyed
/// </code>
/// </remarks>
internal static class KeyRecordCodec
{
    private const int RootSize = SHA256.HashSizeInBytes;
    private const int FixedSize =
        2 + 1 + (4 * sizeof(long)) + 1 + RootSize + Ristretto.ElementSize + VoprfKey.SecretSize;

    private delegate KeyRecord ReadRest(ref RecordReader reader, KeyId keyId);

    /// <summary>Returns the bytes of the records; the caller clears them.</summary>
    internal static byte[] Encode(IReadOnlyList<KeyRecord> records)
    {
        var bytes = new byte[records.Sum(SizeOf)];
        var writer = new RecordWriter(bytes);
        foreach (var record in records)
        {
            Write(ref writer, record);
        }

        return bytes;
    }

    /// <summary>Reads the records back; the caller owns them and clears the bytes.</summary>
    /// <exception cref="InvalidDataException">What does not fit and what to do.</exception>
    internal static IReadOnlyList<KeyRecord> Decode(ReadOnlySpan<byte> bytes) => ReadAll(bytes, Read);

    /// <summary>Reads records of format 1.</summary>
    /// <exception cref="InvalidDataException">What does not fit and what to do.</exception>
    internal static IReadOnlyList<KeyRecord> DecodeFirst(ReadOnlySpan<byte> bytes) =>
        [.. FirstKeyRecords.Chain(ReadAll(bytes, FirstKeyRecords.Read))];

    private static List<KeyRecord> ReadAll(ReadOnlySpan<byte> bytes, ReadRest read)
    {
        var records = new List<KeyRecord>();
        try
        {
            var reader = new RecordReader(bytes);
            while (!reader.IsAtEnd)
            {
                records.Add(ReadOne(ref reader, read));
            }

            return RefuseDuplicates(records);
        }
        catch (Exception exception)
        {
            records.ForEach(record => record.Dispose());
            if (exception is ArgumentException or CryptographicException)
            {
                throw new InvalidDataException(
                    "The file holds damaged records. Restore it from the backup.",
                    exception
                );
            }

            throw;
        }
    }

    private static KeyRecord ReadOne(ref RecordReader reader, ReadRest read)
    {
        var keyId = ReadKeyId(reader.ReadText());
        var record = read(ref reader, keyId);
        if (record.KeyId == keyId && (record.Key is null || IsOf(record.Key, record.Commitment)))
        {
            return record;
        }

        record.Dispose();
        throw new InvalidDataException(
            $"The file holds a key that is not the one of its id {keyId}. Restore it from the backup."
        );
    }

    private static KeyId ReadKeyId(string text) =>
        KeyId.TryParse(text, out var keyId)
            ? keyId
            : throw new InvalidDataException(
                "The file holds a key for a kind of identifier that this version does not know. Use the version that wrote it."
            );

    private static KeyRecord Read(ref RecordReader reader, KeyId keyId)
    {
        var canonicalVersion = reader.ReadText();
        var state = (KeyState)reader.Take(1)[0];
        var (since, notBefore, notAfter) = (reader.ReadTime() ?? default, reader.ReadTime(), reader.ReadTime());
        var checksUntil = reader.ReadTime();
        var previous = reader.ReadText();
        var root = reader.Take(RootSize);
        var publicKey = reader.Take(Ristretto.ElementSize);
        var secret = reader.Take(VoprfKey.SecretSize);
        var term = new KeyTerm(
            state,
            since,
            notBefore,
            notAfter,
            checksUntil,
            previous.Length == 0 ? null : ReadKeyId(previous),
            root.ContainsAnyExcept((byte)0) ? root.ToArray() : default(ReadOnlyMemory<byte>)
        );
        var commitment = KeyCommitment.To(keyId.Type, keyId.Epoch, publicKey.ToArray());
        return new(commitment, canonicalVersion, term, ReadKey(state, secret));
    }

    private static VoprfKey? ReadKey(KeyState state, ReadOnlySpan<byte> secret) =>
        state is <= KeyState.Unspecified or > KeyState.Destroyed
            ? throw new InvalidDataException(
                $"The file holds a key in state {(int)state}, which this version does not know. Use the version that wrote it."
            )
        : state == KeyState.Destroyed ? null
        : VoprfKey.Import(secret);

    private static bool IsOf(VoprfKey key, KeyCommitment commitment) =>
        key.PublicKey.Span.SequenceEqual(commitment.PublicKey.Span);

    private static List<KeyRecord> RefuseDuplicates(List<KeyRecord> records) =>
        records.DistinctBy(record => (record.KeyId.Type, record.KeyId.Epoch)).Count() == records.Count
            ? records
            : throw new InvalidDataException(
                "The file holds two keys of one type and epoch. Restore it from the backup."
            );

    private static int SizeOf(KeyRecord record) =>
        FixedSize + record.ToString().Length + record.CanonicalVersion.Length + PreviousOf(record).Length;

    private static string PreviousOf(KeyRecord record) => record.Term.Previous?.ToString() ?? "";

    private static void Write(ref RecordWriter writer, KeyRecord record)
    {
        var term = record.Term;
        writer.WriteText(record.ToString());
        writer.WriteText(record.CanonicalVersion);
        writer.Take(1)[0] = (byte)term.State;
        writer.WriteTime(term.Since);
        writer.WriteTime(term.NotBefore);
        writer.WriteTime(term.NotAfter);
        writer.WriteTime(term.ChecksUntil);
        writer.WriteText(PreviousOf(record));
        term.RotationRoot.Span.CopyTo(writer.Take(RootSize));
        record.Commitment.PublicKey.Span.CopyTo(writer.Take(Ristretto.ElementSize));
        record.Key?.Export(writer.Take(VoprfKey.SecretSize));
        if (record.Key is null)
        {
            writer.Take(VoprfKey.SecretSize).Clear();
        }
    }
}
