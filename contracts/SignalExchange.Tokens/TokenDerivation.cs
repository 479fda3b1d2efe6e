using System.Buffers.Binary;
using System.Text;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens;

/// <summary>SX-1: from an identifier to the VOPRF's input, and from its evaluation to the token.</summary>
/// <remarks>
/// <code>
/// input = "SXv1" || 0x00 || u8 len(type) || type || u16be len(c) || c           c: the canonical form
/// N     = key * HashToGroup(input)                                              the element, by the VOPRF
/// token = the first 32 bytes of SHA-512("SXv1-index" || 0x00 || u8 len(keyId) || keyId || N)
/// </code>
/// Neither epoch nor member stands in the input, so that elements can be re-keyed. <c>contracts/vectors/tokens</c> holds golden
/// values. Pure; safe from any thread.
/// </remarks>
public static class TokenDerivation
{
    private const int MaxKeyIdSize = 64;

    private static ReadOnlySpan<byte> Version => "SXv1"u8;

    /// <summary>Derives the token of an unblinded element.</summary>
    /// <param name="keyId">The key that evaluated it.</param>
    /// <param name="element">
    /// Exactly 32 bytes. One that came from outside is checked with <see cref="Ristretto.IsValidElement"/> first.
    /// </param>
    /// <exception cref="ArgumentException">The element has another length.</exception>
    public static Token FromElement(KeyId keyId, ReadOnlySpan<byte> element)
    {
        Span<byte> text = stackalloc byte[MaxKeyIdSize];
        return FromElement(text[..Encoding.ASCII.GetBytes(keyId.ToString(), text)], element);
    }

    /// <summary>Derives a token like <see cref="FromElement(KeyId, ReadOnlySpan{byte})"/>, for many of one key.</summary>
    /// <param name="keyIdText">The key id's written form.</param>
    /// <param name="element">Exactly 32 bytes.</param>
    internal static Token FromElement(ReadOnlySpan<byte> keyIdText, ReadOnlySpan<byte> element)
    {
        if (element.Length != Ristretto.ElementSize)
        {
            throw new ArgumentException(
                $"An element has {Ristretto.ElementSize} bytes, got {element.Length}.",
                nameof(element)
            );
        }

        Span<byte> digest = stackalloc byte[Sha512.DigestSize];
        var hash = new Sha512();
        hash.Append("SXv1-index\0"u8);
        hash.Append((byte)keyIdText.Length);
        hash.Append(keyIdText);
        hash.Append(element);
        hash.Finish(digest);
        return new Token(digest[..Token.Size]);
    }

    /// <summary>Returns how long the VOPRF's input of an identifier is, in bytes.</summary>
    /// <exception cref="ArgumentException">Longer than the 65,535 bytes that RFC 9497 allows.</exception>
    internal static int InputSize(Identifier identifier)
    {
        var size =
            Version.Length + 1 + 1 + IndicatorTypes.Slug(identifier.Type).Length + 2 + identifier.Canonical.Length;
        return size <= ushort.MaxValue
            ? size
            : throw new ArgumentException(
                $"The input of {identifier} has {size} bytes; {ushort.MaxValue} are allowed.",
                nameof(identifier)
            );
    }

    /// <summary>Writes the VOPRF's input of an identifier; the caller clears it after use.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="input">At least <see cref="InputSize"/> bytes.</param>
    internal static void WriteInput(Identifier identifier, Span<byte> input)
    {
        var slug = IndicatorTypes.Slug(identifier.Type);
        Version.CopyTo(input);
        input = input[Version.Length..];
        input[0] = 0;
        input[1] = (byte)slug.Length;
        input = input[2..];
        input = input[Encoding.ASCII.GetBytes(slug, input)..];
        BinaryPrimitives.WriteUInt16BigEndian(input, (ushort)identifier.Canonical.Length);
        identifier.Canonical.CopyTo(input[sizeof(ushort)..]);
    }
}
