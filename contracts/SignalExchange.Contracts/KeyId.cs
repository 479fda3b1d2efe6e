using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts;

/// <summary>Names a VOPRF key: type, epoch and the first eight bytes of SHA-256 of its public key.</summary>
/// <param name="Type">The kind of identifier that the key serves.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Fingerprint">The first eight bytes of SHA-256 of the public key, most significant first.</param>
/// <remarks>Written as <c>phone-e164/1/0f3c5a7b9d1e2f40</c>; that text is part of a token's derivation.</remarks>
public readonly record struct KeyId(IndicatorType Type, uint Epoch, ulong Fingerprint)
{
    // A type's slug, ten digits of an epoch and sixteen of a fingerprint, with room.
    private const int MaxLength = 64;

    /// <summary>Reads the written form.</summary>
    /// <param name="text">For example <c>phone-e164/1/0f3c5a7b9d1e2f40</c>.</param>
    /// <param name="keyId">The key id; default when false is returned.</param>
    /// <returns>Whether it was in that form, to the letter.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyId keyId)
    {
        keyId = default;
        Span<Range> parts = stackalloc Range[4];
        if (
            text is not { Length: <= MaxLength }
            || text.AsSpan().Split(parts, '/') != 3
            || !IndicatorTypes.TryParse(text.AsSpan()[parts[0]], out var type)
            || !uint.TryParse(text.AsSpan()[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            || !ulong.TryParse(
                text.AsSpan()[parts[2]],
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var fingerprint
            )
        )
        {
            return false;
        }

        var read = new KeyId(type, epoch, fingerprint);
        keyId = epoch > 0 && read.IsWritten(text) ? read : default;
        return keyId != default;
    }

    /// <summary>Returns the written form.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{IndicatorTypes.Slug(Type)}/{Epoch}/{Fingerprint:x16}");

    // Every batch names its key, so reading one allocates nothing. Not by an interpolated string: until it is compiled for good, that boxes.
    private bool IsWritten(ReadOnlySpan<char> text)
    {
        Span<char> written = stackalloc char[MaxLength];
        var slug = IndicatorTypes.Slug(Type);
        slug.CopyTo(written);
        written[slug.Length] = '/';
        var length = slug.Length + 1;
        Epoch.TryFormat(written[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        written[length++] = '/';
        Fingerprint.TryFormat(written[length..], out digits, "x16", CultureInfo.InvariantCulture);
        return written[..(length + digits)].SequenceEqual(text);
    }
}
