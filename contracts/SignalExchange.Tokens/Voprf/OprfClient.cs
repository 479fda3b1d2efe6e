using System.Security.Cryptography;

namespace SignalExchange.Tokens.Voprf;

/// <summary>The asking side of RFC 9497: blind, unblind, finalise, one element at a time.</summary>
internal static class OprfClient
{
    /// <summary>Blinds an input with a fresh blind: RFC 9497 section 3.3.1.</summary>
    /// <param name="context">The mode.</param>
    /// <param name="input">The input.</param>
    /// <param name="blind">Where the blind goes: a secret, to be cleared after unblinding.</param>
    /// <param name="blindedElement">Where the blinded element goes: what the key holder sees.</param>
    internal static void Blind(
        OprfContext context,
        ReadOnlySpan<byte> input,
        Span<byte> blind,
        Span<byte> blindedElement
    )
    {
        RistrettoScalar.Random(blind);
        BlindWith(context, input, blind, blindedElement);
    }

    /// <summary>Blinds an input with a given blind; only the RFC's vectors give one.</summary>
    internal static void BlindWith(
        OprfContext context,
        ReadOnlySpan<byte> input,
        ReadOnlySpan<byte> blind,
        Span<byte> blindedElement
    )
    {
        Span<byte> element = stackalloc byte[Ristretto.ElementSize];
        context.HashToGroup(input, element);
        var isBlinded = Ristretto.TryMultiply(blind, element, blindedElement);
        CryptographicOperations.ZeroMemory(element); // From it the input could be guessed.
        if (!isBlinded)
        {
            throw new CryptographicException("The input maps to the identity.");
        }
    }

    /// <summary>Takes the blind away from an evaluated element.</summary>
    /// <param name="inverse">The blind's inverse.</param>
    /// <param name="evaluatedElement">The key holder's answer, its proof verified.</param>
    /// <param name="element">Where key times HashToGroup(input) goes.</param>
    internal static void Unblind(ReadOnlySpan<byte> inverse, ReadOnlySpan<byte> evaluatedElement, Span<byte> element)
    {
        if (!Ristretto.TryMultiply(inverse, evaluatedElement, element))
        {
            throw new CryptographicException("An evaluated element is not valid.");
        }
    }

    /// <summary>Computes the RFC's output from the input and the unblinded element.</summary>
    /// <param name="input">The input, at most 65,535 bytes.</param>
    /// <param name="element">The unblinded element.</param>
    /// <param name="output">Where the 64 bytes go.</param>
    /// <remarks>The exchange keys its index by <see cref="TokenDerivation"/> instead: this output cannot be re-keyed.</remarks>
    internal static void Finalize(ReadOnlySpan<byte> input, ReadOnlySpan<byte> element, Span<byte> output)
    {
        var hash = new Sha512();
        hash.AppendPrefixed(input);
        hash.AppendPrefixed(element);
        hash.Append("Finalize"u8);
        hash.Finish(output);
    }
}
