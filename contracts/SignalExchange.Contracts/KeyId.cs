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
    /// <summary>Reads the written form.</summary>
    /// <param name="text">For example <c>phone-e164/1/0f3c5a7b9d1e2f40</c>.</param>
    /// <param name="keyId">The key id; default when false is returned.</param>
    /// <returns>Whether it was in that form, to the letter.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyId keyId)
    {
        keyId = default;
        var parts = text?.Split('/');
        if (
            parts is not { Length: 3 }
            || !IndicatorTypes.TryParse(parts[0], out var type)
            || !uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            || !ulong.TryParse(
                parts[2],
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var fingerprint
            )
        )
        {
            return false;
        }

        keyId = new(type, epoch, fingerprint);
        return epoch > 0 && keyId.ToString() == text;
    }

    /// <summary>Returns the written form.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{IndicatorTypes.Slug(Type)}/{Epoch}/{Fingerprint:x16}");
}
