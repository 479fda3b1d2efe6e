using System.Security.Cryptography;
using SignalExchange.Contracts;

namespace SignalExchange.AccessLog.Entries;

/// <summary>The key of one period and retention, and what is done with it: sealing, opening, pseudonyms.</summary>
/// <remarks>
/// <para>
/// Two keys come from the stored one by HKDF-SHA256 (RFC 5869): K_seal and K_pseudonym. A detail is sealed with AES-256-GCM
/// (NIST SP 800-38D) under a key of its own, HMAC-SHA-256(K_seal, detail digest), with a nonce of zeros:
/// </para>
/// <code>
/// sealed = 0x01 || ciphertext || tag (16)
/// </code>
/// <para>
/// Why a constant nonce is safe: GCM breaks when one key and one nonce meet two texts. Here the key is a function of the text:
/// the digest is SHA-256 of the detail, which begins with 128 random bits. Two texts with one key are a collision of SHA-256;
/// the same text twice gives the same bytes. So nothing depends on counters, which restored backups and retries repeat, or on
/// the 2^32 random nonces that one key bears (SP 800-38D 8.3), which a busy month exceeds. The key for opening is found from
/// the leaf, which holds the digest.
/// </para>
/// <para>Cleared on disposal. Safe from any thread.</para>
/// </remarks>
internal sealed class DetailKey : IDisposable
{
    /// <summary>The size of the stored key, in bytes.</summary>
    public const int Size = 32;

    /// <summary>How many bytes sealing adds.</summary>
    public const int Overhead = 1 + TagSize;

    /// <summary>The size of a pseudonym, in bytes.</summary>
    public const int PseudonymSize = 16;

    private const byte Format = 1;
    private const int TagSize = 16;

    private static ReadOnlySpan<byte> ZeroNonce => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly byte[] _sealing = GC.AllocateArray<byte>(Size, pinned: true);
    private readonly byte[] _pseudonyms = GC.AllocateArray<byte>(Size, pinned: true);
    private volatile bool _isDisposed;

    /// <summary>Derives the two keys.</summary>
    /// <param name="name">Which key it is; part of the derivation.</param>
    /// <param name="stored">The stored key, <see cref="Size"/> random bytes.</param>
    public DetailKey(KeyName name, ReadOnlySpan<byte> stored)
    {
        Name = name;
        Derive(stored, $"signalexchange access-log seal 1 {name}", _sealing);
        Derive(stored, $"signalexchange access-log pseudonym 1 {name}", _pseudonyms);
    }

    /// <summary>Gets which key it is.</summary>
    public KeyName Name { get; }

    /// <summary>Seals a detail.</summary>
    /// <param name="detail">Its bytes.</param>
    /// <param name="digest">Its digest, as the leaf states it.</param>
    /// <param name="destination">Where <see cref="Overhead"/> bytes more than the detail go.</param>
    public void Seal(ReadOnlySpan<byte> detail, ReadOnlySpan<byte> digest, Span<byte> destination)
    {
        using var cipher = CipherOf(digest);
        destination[0] = Format;
        cipher.Encrypt(
            ZeroNonce,
            detail,
            destination.Slice(1, detail.Length),
            destination[(1 + detail.Length)..],
            digest
        );
    }

    /// <summary>Opens a detail.</summary>
    /// <param name="sealedDetail">The sealed bytes.</param>
    /// <param name="digest">The detail's digest, as the leaf states it.</param>
    /// <returns>The detail's bytes; null when they were not sealed under this key for this digest.</returns>
    public byte[]? Open(ReadOnlySpan<byte> sealedDetail, ReadOnlySpan<byte> digest)
    {
        if (sealedDetail.Length < Overhead || sealedDetail[0] != Format)
        {
            return null;
        }

        var detail = new byte[sealedDetail.Length - Overhead];
        try
        {
            using var cipher = CipherOf(digest);
            cipher.Decrypt(ZeroNonce, sealedDetail[1..^TagSize], sealedDetail[^TagSize..], detail, digest);
            return detail;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Writes what stands for some bytes within the period: the first 16 bytes of HMAC-SHA-256.</summary>
    public void Pseudonymise(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_pseudonyms, source, hash);
        hash[..PseudonymSize].CopyTo(destination);
    }

    /// <summary>Writes what stands for a token within the period.</summary>
    public void Pseudonymise(Token token, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[Token.Size];
        token.CopyTo(bytes);
        Pseudonymise(bytes, destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_sealing);
        CryptographicOperations.ZeroMemory(_pseudonyms);
    }

    private static void Derive(ReadOnlySpan<byte> stored, string purpose, Span<byte> key) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, stored, key, salt: [], System.Text.Encoding.UTF8.GetBytes(purpose));

    private AesGcm CipherOf(ReadOnlySpan<byte> digest)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Span<byte> key = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_sealing, digest, key);
        var cipher = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }
}
