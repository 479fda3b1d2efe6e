using System.Security.Cryptography;

namespace SignalExchange.Audit.Search;

/// <summary>The key that page tokens are made with. The default is random: tokens are good until the exchange restarts.</summary>
public sealed class PageTokenKey
{
    private readonly byte[] _key;

    /// <summary>Draws a key.</summary>
    public PageTokenKey()
        : this(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)) { }

    /// <summary>Takes a key, for silos that are to take each other's tokens.</summary>
    /// <param name="key">32 bytes; copied.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public PageTokenKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != SHA256.HashSizeInBytes)
        {
            throw new ArgumentException("A key of page tokens has 32 bytes.", nameof(key));
        }

        _key = key.ToArray();
    }

    internal byte[] Authenticate(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key, content);
}
