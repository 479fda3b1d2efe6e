using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts;
using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService;

/// <summary>The rotation vault under the master key of this process.</summary>
/// <remarks>
/// <code>
/// byte 0        format version, 1
///      1        nonce, 12 random bytes
///     13        the element, 32 bytes, sealed with AES-256-GCM
///     45        tag, 16 bytes; the associated data are the key id's written form
/// </code>
/// The key comes from the master key by HKDF with the purpose "signalexchange/rotation-vault/1/" and the key id: a type and epoch
/// may hold 2^32 elements before random nonces come near NIST SP 800-38D's bound. A change of this drawing is a new version;
/// <c>RotationVaultTests</c> holds a golden value.
/// </remarks>
internal sealed class RotationVault(MasterKey master) : IRotationVault
{
    internal const int SealedSize = ElementOffset + Ristretto.ElementSize + TagSize;

    private const byte Version = 1;
    private const int NonceOffset = 1;
    private const int NonceSize = 12;
    private const int ElementOffset = NonceOffset + NonceSize;
    private const int TagSize = 16;

    /// <inheritdoc/>
    public byte[] Seal(KeyId keyId, ReadOnlySpan<byte> element)
    {
        if (element.Length != Ristretto.ElementSize)
        {
            throw new ArgumentException(
                $"An element has {Ristretto.ElementSize} bytes, got {element.Length}.",
                nameof(element)
            );
        }

        var result = new byte[SealedSize];
        result[0] = Version;
        var nonce = result.AsSpan(NonceOffset, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = CipherOf(keyId);
        cipher.Encrypt(
            nonce,
            element,
            result.AsSpan(ElementOffset, Ristretto.ElementSize),
            result.AsSpan(SealedSize - TagSize),
            Encoding.ASCII.GetBytes(keyId.ToString())
        );
        return result;
    }

    /// <inheritdoc/>
    public byte[] Open(KeyId keyId, ReadOnlySpan<byte> sealedElement)
    {
        CheckFormat(sealedElement);
        var element = new byte[Ristretto.ElementSize];
        using var cipher = CipherOf(keyId);
        try
        {
            cipher.Decrypt(
                sealedElement.Slice(NonceOffset, NonceSize),
                sealedElement.Slice(ElementOffset, Ristretto.ElementSize),
                sealedElement[^TagSize..],
                element,
                Encoding.ASCII.GetBytes(keyId.ToString())
            );
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new CryptographicException(
                $"A sealed element does not open for {keyId}: it was changed, or belongs to another key or master key.",
                exception
            );
        }

        return element;
    }

    private static void CheckFormat(ReadOnlySpan<byte> sealedElement)
    {
        if (sealedElement.Length != SealedSize)
        {
            throw new CryptographicException($"A sealed element has {SealedSize} bytes, got {sealedElement.Length}.");
        }

        if (sealedElement[0] != Version)
        {
            throw new CryptographicException(
                $"A sealed element has format {sealedElement[0]}; this version knows format {Version}."
            );
        }
    }

    private AesGcm CipherOf(KeyId keyId)
    {
        Span<byte> key = stackalloc byte[MasterKey.DerivedSize];
        try
        {
            master.Derive(Encoding.ASCII.GetBytes($"signalexchange/rotation-vault/1/{keyId}"), key);
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
