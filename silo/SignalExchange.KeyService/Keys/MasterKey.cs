using System.Security.Cryptography;

namespace SignalExchange.KeyService.Keys;

/// <summary>The 32 random bytes that everything else is sealed under; a key of its own for each purpose comes from them by HKDF-SHA256.</summary>
/// <remarks>Cleared on disposal. Safe from any thread until then.</remarks>
internal sealed class MasterKey : IDisposable
{
    /// <summary>The size of the file, in bytes.</summary>
    internal const int Size = 32;

    /// <summary>The size of a derived key, in bytes.</summary>
    internal const int DerivedSize = 32;

    private readonly byte[] _pseudorandomKey = GC.AllocateArray<byte>(SHA256.HashSizeInBytes, pinned: true);

    private MasterKey(ReadOnlySpan<byte> bytes) =>
        HKDF.Extract(HashAlgorithmName.SHA256, bytes, "signalexchange/master-key/1"u8, _pseudorandomKey);

    /// <summary>Reads the master key.</summary>
    /// <exception cref="KeyStoreException">The file is missing, open to others or of another size.</exception>
    internal static MasterKey Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new KeyStoreException(
                $"There is no master key in '{path}'. Mount or restore it, or set MasterKeyFile to where it is."
            );
        }

        var bytes = SecretFiles.Read(path);
        try
        {
            return bytes.Length == Size
                ? new MasterKey(bytes)
                : throw new KeyStoreException(
                    $"'{path}' is not a master key: it has {bytes.Length} bytes instead of {Size}. Restore it from the backup."
                );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Makes a new master key where none is.</summary>
    internal static void Create(string path)
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        SecretFiles.Write(path, bytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Derives the key of one purpose.</summary>
    /// <param name="purpose">What the key is for.</param>
    /// <param name="key">Where <see cref="DerivedSize"/> bytes go; the caller clears them after use.</param>
    internal void Derive(ReadOnlySpan<byte> purpose, Span<byte> key) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _pseudorandomKey, key[..DerivedSize], purpose);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_pseudorandomKey);
}
