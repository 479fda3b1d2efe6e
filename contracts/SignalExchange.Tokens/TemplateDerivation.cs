using System.Text;
using SignalExchange.Contracts;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens;

/// <summary>From an ad's bands to the token of the template that the ad is registered as.</summary>
/// <remarks>
/// <code>
/// token = the first 32 bytes of SHA-512("SXv1-template" || 0x00 || u8 len(keyId) || keyId || T_0 || ... || T_47)
/// </code>
/// T_i is the token of band i, as <see cref="TokenDerivation"/> makes it. So the same ad is the same indicator, whoever registers it.
/// The exchange's own business: members are told a <see cref="TemplateId"/>. Pure; safe from any thread.
/// </remarks>
public static class TemplateDerivation
{
    /// <summary>Derives the tokens of an ad's bands from their elements.</summary>
    /// <param name="keyId">The key that evaluated them.</param>
    /// <param name="elements">Elements of 32 bytes, one after the other.</param>
    /// <returns>As many tokens, one after the other.</returns>
    public static byte[] BandTokens(KeyId keyId, ReadOnlySpan<byte> elements)
    {
        var keyIdText = Encoding.ASCII.GetBytes(keyId.ToString());
        var tokens = new byte[elements.Length / Ristretto.ElementSize * Token.Size];
        for (var place = 0; place < tokens.Length; place += Token.Size)
        {
            var element = elements.Slice(place, Ristretto.ElementSize);
            TokenDerivation.FromElement(keyIdText, element).CopyTo(tokens.AsSpan(place));
        }

        return tokens;
    }

    /// <summary>Derives a template's token.</summary>
    /// <param name="keyId">The key of the bands.</param>
    /// <param name="bandTokens">The tokens of its bands in order, <see cref="Limits.BandsPerAd"/> of 32 bytes.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static Token FromBands(KeyId keyId, ReadOnlySpan<byte> bandTokens)
    {
        if (bandTokens.Length != Limits.BandsPerAd * Token.Size)
        {
            throw new ArgumentException(
                $"An ad has {Limits.BandsPerAd} bands of {Token.Size} bytes, got {bandTokens.Length} bytes.",
                nameof(bandTokens)
            );
        }

        var keyIdText = Encoding.ASCII.GetBytes(keyId.ToString());
        Span<byte> digest = stackalloc byte[Sha512.DigestSize];
        var hash = new Sha512();
        hash.Append("SXv1-template\0"u8);
        hash.Append((byte)keyIdText.Length);
        hash.Append(keyIdText);
        hash.Append(bandTokens);
        hash.Finish(digest);
        return new Token(digest[..Token.Size]);
    }
}
