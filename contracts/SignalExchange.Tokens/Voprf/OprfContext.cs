using System.Security.Cryptography;

namespace SignalExchange.Tokens.Voprf;

/// <summary>RFC 9497 suite ristretto255-SHA512 in one mode: every domain tag has the mode's name, so that modes never mix.</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
internal sealed class OprfContext
{
    /// <summary>Mode 0x00, without a proof. The exchange never uses it; it is here for the RFC's vectors.</summary>
    internal static readonly OprfContext Oprf = new(0x00);

    /// <summary>Mode 0x01, with a proof: the exchange's.</summary>
    internal static readonly OprfContext Voprf = new(0x01);

    /// <summary>Re-keying: no mode of the RFC, so its tags begin otherwise and no proof of one can be taken for the other.</summary>
    internal static readonly OprfContext ReKey = new([.. "SXv1-rekey-ristretto255-SHA512"u8]);

    private readonly byte[] _hashToGroupTag;
    private readonly byte[] _hashToScalarTag;
    private readonly byte[] _deriveKeyPairTag;

    // RFC 9497 section 3.1: contextString = "OPRFV1-" || I2OSP(mode, 1) || "-" || identifier.
    private OprfContext(byte mode)
        : this([.. "OPRFV1-"u8, mode, .. "-ristretto255-SHA512"u8]) { }

    private OprfContext(byte[] context)
    {
        _hashToGroupTag = [.. "HashToGroup-"u8, .. context];
        _hashToScalarTag = [.. "HashToScalar-"u8, .. context];
        _deriveKeyPairTag = [.. "DeriveKeyPair"u8, .. context]; // Section 3.2.1 has no hyphen here.
        SeedTag = [.. "Seed-"u8, .. context];
    }

    /// <summary>Gets the domain tag of the seed of composites.</summary>
    internal byte[] SeedTag { get; }

    /// <summary>Maps an input to an element; nobody knows its logarithm.</summary>
    /// <remarks>RFC 9497 section 4.1; constant time in the input's content.</remarks>
    internal void HashToGroup(ReadOnlySpan<byte> input, Span<byte> element)
    {
        Span<byte> uniform = stackalloc byte[2 * Ristretto.ElementSize];
        ExpandMessage.Xmd(input, _hashToGroupTag, uniform);
        Ristretto.FromHash(uniform, element);
        CryptographicOperations.ZeroMemory(uniform);
    }

    /// <summary>Maps an input to a scalar.</summary>
    internal void HashToScalar(ReadOnlySpan<byte> input, Span<byte> scalar) =>
        HashToScalar(input, _hashToScalarTag, scalar);

    /// <summary>Derives a secret key from a seed: RFC 9497 section 3.2.1.</summary>
    /// <param name="seed">32 bytes of randomness.</param>
    /// <param name="info">What the key is for, at most 65,535 bytes.</param>
    internal SecretScalar DeriveKey(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info)
    {
        var size = checked((ushort)info.Length);
        byte[] input = [.. seed, (byte)(size >> 8), (byte)size, .. info, 0];
        Span<byte> scalar = stackalloc byte[RistrettoScalar.Size];
        try
        {
            // The counter goes up while the scalar is zero, which nobody will ever see.
            do
            {
                HashToScalar(input, _deriveKeyPairTag, scalar);
            } while (RistrettoScalar.IsZero(scalar) && ++input[^1] != 0);

            return SecretScalar.CopyFrom(scalar);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(input);
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    private static void HashToScalar(ReadOnlySpan<byte> input, ReadOnlySpan<byte> tag, Span<byte> scalar)
    {
        Span<byte> uniform = stackalloc byte[2 * RistrettoScalar.Size];
        ExpandMessage.Xmd(input, tag, uniform);
        RistrettoScalar.Reduce(uniform, scalar);
        CryptographicOperations.ZeroMemory(uniform);
    }
}
