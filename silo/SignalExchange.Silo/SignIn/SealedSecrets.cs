using System.Security.Cryptography;
using System.Text;
using SignalExchange.KeyService;

namespace SignalExchange.Silo.SignIn;

/// <summary>Seals authenticators' secrets with a key of the exchange's own, so that the database alone gives nobody a second factor.</summary>
/// <remarks>AES-256-GCM. Nonce, tag, text, one after the other; bound to the account. Safe from any thread.</remarks>
internal sealed class SealedSecrets(IExchangeSecrets secrets)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key = secrets.Derive("authenticators/1"u8);

    /// <summary>Seals a secret of an account.</summary>
    public byte[] Seal(byte[] secret, string accountId)
    {
        var sealedSecret = new byte[NonceSize + TagSize + secret.Length];
        var (nonce, tag, text) = PartsOf(sealedSecret);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce.Span, secret, text.Span, tag.Span, Encoding.ASCII.GetBytes(accountId));
        return sealedSecret;
    }

    /// <summary>Opens a secret of an account.</summary>
    /// <exception cref="CryptographicException">It was altered, is another account's, or was sealed under another master key.</exception>
    public byte[] Open(byte[] sealedSecret, string accountId)
    {
        var (nonce, tag, text) = PartsOf(sealedSecret);
        var secret = new byte[text.Length];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(nonce.Span, text.Span, tag.Span, secret, Encoding.ASCII.GetBytes(accountId));
        return secret;
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Text) PartsOf(byte[] all) =>
        all.Length < NonceSize + TagSize
            ? throw new CryptographicException("A sealed secret is cut short.")
            : (all.AsMemory(0, NonceSize), all.AsMemory(NonceSize, TagSize), all.AsMemory(NonceSize + TagSize));
}
