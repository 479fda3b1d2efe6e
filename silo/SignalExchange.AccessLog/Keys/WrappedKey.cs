using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.AccessLog.Keys;

/// <summary>A key of 32 bytes as it lies in a file: sealed with AES-256-GCM under a key that comes from the master key.</summary>
/// <remarks>
/// <code>
/// "SXLK" 0x01 || nonce (12, random) || ciphertext (32) || tag (16)      65 bytes
/// </code>
/// Log and file name are authenticated, so that no file can take another's place. A random nonce is safe here: one wrapping key
/// seals a few keys a month (NIST SP 800-38D 8.3 allows 2^32).
/// </remarks>
internal static class WrappedKey
{
    /// <summary>The size of the key inside, in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>The size of the file, in bytes.</summary>
    public const int FileSize = 5 + NonceSize + KeySize + TagSize;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    private static ReadOnlySpan<byte> Header => "SXLK\u0001"u8;

    /// <summary>Wraps a key.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> key, string log, string name, ILogSecrets secrets)
    {
        var file = new byte[FileSize];
        Header.CopyTo(file);
        var nonce = file.AsSpan(Header.Length, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        var ciphertext = file.AsSpan(Header.Length + NonceSize, KeySize);
        using var cipher = CipherOf(secrets);
        cipher.Encrypt(nonce, key, ciphertext, file.AsSpan(FileSize - TagSize), ContextOf(log, name));
        return file;
    }

    /// <summary>Unwraps a key.</summary>
    /// <param name="file">What the file holds.</param>
    /// <param name="key">Where the key goes; the caller clears it after use.</param>
    /// <param name="log">The log's name.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="secrets">Where the wrapping key comes from.</param>
    /// <returns>False when it is not one of ours, or was wrapped under another master key or for another place.</returns>
    public static bool TryUnwrap(ReadOnlySpan<byte> file, Span<byte> key, string log, string name, ILogSecrets secrets)
    {
        if (file.Length != FileSize || !file.StartsWith(Header))
        {
            return false;
        }

        try
        {
            using var cipher = CipherOf(secrets);
            var nonce = file.Slice(Header.Length, NonceSize);
            var ciphertext = file.Slice(Header.Length + NonceSize, KeySize);
            cipher.Decrypt(nonce, ciphertext, file[^TagSize..], key[..KeySize], ContextOf(log, name));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static AesGcm CipherOf(ILogSecrets secrets)
    {
        Span<byte> key = stackalloc byte[KeySize];
        secrets.Derive("signalexchange/access-log/wrap/1"u8, key);
        var cipher = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }

    private static byte[] ContextOf(string log, string name) => Encoding.UTF8.GetBytes($"{log}/{name}");
}
