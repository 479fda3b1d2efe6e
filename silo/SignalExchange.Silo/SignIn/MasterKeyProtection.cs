using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using SignalExchange.KeyService;

namespace SignalExchange.Silo.SignIn;

/// <summary>Protects what browsers carry (cookies, antiforgery tokens) with keys made from the exchange's master key.</summary>
/// <remarks>
/// So every silo reads what another wrote, before and after a restart, and there is no ring of keys to store. Each text has a key of its own,
/// by HKDF (RFC 5869) from its purpose's key and 32 random bytes, so that no nonce is ever drawn twice; AES-256-GCM. Salt, tag, text.
/// </remarks>
internal sealed class MasterKeyProtection(byte[] key) : IDataProtector
{
    private const int SaltSize = 32;
    private const int TagSize = 16;

    private static readonly byte[] Nonce = new byte[12]; // The key is used once.

    /// <summary>Makes the root, from which every purpose's protector comes.</summary>
    public static MasterKeyProtection Of(IExchangeSecrets secrets) => new(secrets.Derive("browsers/1"u8));

    /// <inheritdoc/>
    public IDataProtector CreateProtector(string purpose) =>
        new MasterKeyProtection(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose)));

    /// <inheritdoc/>
    public byte[] Protect(byte[] plaintext)
    {
        var data = new byte[SaltSize + TagSize + plaintext.Length];
        RandomNumberGenerator.Fill(data.AsSpan(0, SaltSize));
        using var aes = KeyOf(data);
        aes.Encrypt(Nonce, plaintext, data.AsSpan(SaltSize + TagSize), data.AsSpan(SaltSize, TagSize));
        return data;
    }

    /// <inheritdoc/>
    public byte[] Unprotect(byte[] protectedData)
    {
        if (protectedData.Length < SaltSize + TagSize)
        {
            throw new CryptographicException("What was protected is cut short.");
        }

        var plaintext = new byte[protectedData.Length - SaltSize - TagSize];
        using var aes = KeyOf(protectedData);
        aes.Decrypt(
            Nonce,
            protectedData.AsSpan(SaltSize + TagSize),
            protectedData.AsSpan(SaltSize, TagSize),
            plaintext
        );
        return plaintext;
    }

    private AesGcm KeyOf(byte[] data)
    {
        Span<byte> own = stackalloc byte[32];
        HKDF.Expand(HashAlgorithmName.SHA256, key, own, data.AsSpan(0, SaltSize));
        return new AesGcm(own, TagSize);
    }
}
