using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical.Fingerprints;

/// <summary>The named parts of a fingerprint: in order, in form KC, and as bytes.</summary>
internal sealed class FingerprintParts
{
    /// <summary>The most parts that one fingerprint has.</summary>
    public const int MaxParts = 16;

    private const int MaxNameLength = 64;
    private const int MaxValueLength = 512;

    // Form KC can make a text eighteen times as long. With this, all parts together stay below the 65,535 bytes that a
    // token's derivation has room for.
    private const int MaxValueBytes = 2048;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789.-_"
    );

    private readonly SortedDictionary<string, string> _parts = new(StringComparer.Ordinal);

    /// <summary>Gets the estimate of the strongest part.</summary>
    /// <remarks>
    /// The strongest and not the sum: weak parts joined stay weak, because whoever has the key can try all their
    /// combinations, and parts of one device depend on each other.
    /// </remarks>
    public double Bits => _parts.Values.Max(EntropyEstimate.Bits);

    /// <summary>Adds a part.</summary>
    /// <returns>What is wrong with it.</returns>
    public CanonicalProblem Add(string name, string value)
    {
        var slug = name.Trim().ToLowerInvariant();
        if (
            !Ascii.IsValid(name.Trim())
            || slug.Length is 0 or > MaxNameLength
            || slug.AsSpan().ContainsAnyExcept(NameCharacters)
        )
        {
            return CanonicalProblem.FingerprintPartMalformed;
        }

        var problem = RawText.Read(value, MaxValueLength, out var text);
        if (problem is not CanonicalProblem.None)
        {
            return problem is CanonicalProblem.Empty ? CanonicalProblem.FingerprintPartMalformed : problem;
        }

        var folded = Fold(text);
        return Encoding.UTF8.GetByteCount(folded) > MaxValueBytes ? CanonicalProblem.TooLong
            : _parts.TryAdd(slug, folded) ? CanonicalProblem.None
            : CanonicalProblem.FingerprintPartTwice;
    }

    /// <summary>Returns the parts as bytes that read back in one way only.</summary>
    /// <remarks>
    /// <c>u8 count</c>, then for each part in ordinal order of its name <c>u8 length, name, u16be length, value</c>.
    /// </remarks>
    public byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write([(byte)_parts.Count]);
        foreach (var (name, value) in _parts)
        {
            bytes.Write([(byte)name.Length]);
            bytes.Write(Encoding.ASCII.GetBytes(name));
            var utf8 = Encoding.UTF8.GetBytes(value);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.GetSpan(2), (ushort)utf8.Length);
            bytes.Advance(2);
            bytes.Write(utf8);
        }

        return bytes.WrittenSpan.ToArray();
    }

    // Ids in hexadecimal are one in either case (a UUID is upper case on one system and lower case on the next). Others keep
    // their case: in base64 it carries meaning.
    private static string Fold(string text)
    {
        var value = RawText.Trim(Normalization.Nfkc(text));
        return HexadecimalValue.Is(value) ? value.ToLowerInvariant() : value;
    }
}
