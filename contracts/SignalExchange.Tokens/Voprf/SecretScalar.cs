using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace SignalExchange.Tokens.Voprf;

/// <summary>
/// A secret scalar in memory of its own: between guard pages, out of swap and core dumps where the system allows, zeroed
/// when freed.
/// </summary>
/// <remarks>Safe from any thread, also against a concurrent disposal.</remarks>
internal sealed class SecretScalar : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Allocates the memory; <see cref="CopyFrom"/> fills it.</summary>
    public SecretScalar()
        : base(ownsHandle: true) => SetHandle(Sodium.Allocate(RistrettoScalar.Size));

    private unsafe Span<byte> Bytes => new((void*)handle, RistrettoScalar.Size);

    /// <summary>Divides one secret by another.</summary>
    internal static SecretScalar Quotient(SecretScalar dividend, SecretScalar divisor)
    {
        Span<byte> scalar = stackalloc byte[RistrettoScalar.Size];
        Span<byte> inverse = stackalloc byte[RistrettoScalar.Size];
        try
        {
            divisor.CopyTo(scalar);
            RistrettoScalar.InvertAll(scalar, inverse);
            dividend.MultiplyScalar(inverse, scalar);
            return CopyFrom(scalar);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
            CryptographicOperations.ZeroMemory(inverse);
        }
    }

    /// <summary>Keeps a copy of a scalar other than zero; the caller clears its own.</summary>
    /// <exception cref="CryptographicException">The bytes are not a scalar below the group's order, or are zero.</exception>
    internal static SecretScalar CopyFrom(ReadOnlySpan<byte> scalar)
    {
        if (!RistrettoScalar.IsCanonical(scalar) || RistrettoScalar.IsZero(scalar))
        {
            throw new CryptographicException("A secret key is a scalar from 1 to the group's order less one.");
        }

        var secret = new SecretScalar();
        if (secret.IsInvalid)
        {
            throw new CryptographicException("libsodium has no memory for a secret key.");
        }

        scalar.CopyTo(secret.Bytes);
        _ = Sodium.MakeReadOnly(secret); // Best effort: not every system can.
        return secret;
    }

    /// <summary>Multiplies an element by the secret.</summary>
    /// <returns>False if the element is not the encoding of a point, or is the identity.</returns>
    internal bool TryMultiply(ReadOnlySpan<byte> element, Span<byte> product) =>
        Sodium.MultiplyPoint(product[..Ristretto.ElementSize], this, element[..Ristretto.ElementSize]) == 0;

    /// <summary>Multiplies the generator by the secret: the public key.</summary>
    internal void MultiplyBase(Span<byte> product) =>
        // Never the identity, as the scalar is not zero.
        _ = Sodium.MultiplyBase(product[..Ristretto.ElementSize], this);

    /// <summary>Multiplies a scalar by the secret.</summary>
    internal void MultiplyScalar(ReadOnlySpan<byte> scalar, Span<byte> product) =>
        Sodium.MultiplyScalars(product[..RistrettoScalar.Size], scalar[..RistrettoScalar.Size], this);

    /// <summary>Writes the secret, for its owner to seal and then to clear.</summary>
    internal void CopyTo(Span<byte> scalar)
    {
        var isHeld = false;
        try
        {
            DangerousAddRef(ref isHeld);
            Bytes.CopyTo(scalar);
        }
        finally
        {
            if (isHeld)
            {
                DangerousRelease();
            }
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Sodium.Free(handle);
        return true;
    }
}
