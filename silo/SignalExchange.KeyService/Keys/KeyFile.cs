using System.Security.Cryptography;

namespace SignalExchange.KeyService.Keys;

/// <summary>All keys as one sealed file.</summary>
/// <remarks>
/// <code>
/// byte 0        "SXKF"
///      4        format version, 2
///      5        nonce, 12 random bytes
///     17        the records, see KeyRecordCodec (format 1: FirstKeyRecords), sealed with AES-256-GCM
/// the last 16   tag; the associated data are bytes 0 to 4
/// </code>
/// The key comes from the master key by HKDF with the purpose "signalexchange/key-file/1". A change of this drawing is a new version;
/// <c>KeyFileTests</c> holds a golden file.
/// </remarks>
internal static class KeyFile
{
    private const byte Version = 2;
    private const byte FirstVersion = 1;
    private const int HeaderSize = 5;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private static ReadOnlySpan<byte> Magic => "SXKF"u8;

    private static ReadOnlySpan<byte> Purpose => "signalexchange/key-file/1"u8;

    /// <summary>Seals the records.</summary>
    internal static byte[] Seal(MasterKey master, IReadOnlyList<KeyRecord> records)
    {
        var plaintext = KeyRecordCodec.Encode(records);
        Span<byte> key = stackalloc byte[MasterKey.DerivedSize];
        try
        {
            var file = new byte[HeaderSize + NonceSize + plaintext.Length + TagSize];
            Magic.CopyTo(file);
            file[Magic.Length] = Version;
            var nonce = file.AsSpan(HeaderSize, NonceSize);
            RandomNumberGenerator.Fill(nonce);
            master.Derive(Purpose, key);
            using var cipher = new AesGcm(key, TagSize);
            cipher.Encrypt(
                nonce,
                plaintext,
                file.AsSpan(HeaderSize + NonceSize, plaintext.Length),
                file.AsSpan(file.Length - TagSize),
                file.AsSpan(0, HeaderSize)
            );
            return file;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Opens a file; the caller owns the records.</summary>
    /// <exception cref="InvalidDataException">Why it cannot be opened and what to do.</exception>
    internal static IReadOnlyList<KeyRecord> Open(MasterKey master, ReadOnlySpan<byte> file)
    {
        CheckHeader(file);
        var plaintext = new byte[file.Length - HeaderSize - NonceSize - TagSize];
        Span<byte> key = stackalloc byte[MasterKey.DerivedSize];
        try
        {
            master.Derive(Purpose, key);
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(
                file.Slice(HeaderSize, NonceSize),
                file.Slice(HeaderSize + NonceSize, plaintext.Length),
                file[^TagSize..],
                plaintext,
                file[..HeaderSize]
            );
            return file[Magic.Length] == FirstVersion
                ? KeyRecordCodec.DecodeFirst(plaintext)
                : KeyRecordCodec.Decode(plaintext);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidDataException(
                "The file is damaged, or was sealed under another master key. Restore both from one backup.",
                exception
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static void CheckHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderSize + NonceSize + TagSize || !file.StartsWith(Magic))
        {
            throw new InvalidDataException(
                $"The file, of {file.Length} bytes, is not a file of keys. Restore it from the backup."
            );
        }

        if (file[Magic.Length] is not (FirstVersion or Version))
        {
            throw new InvalidDataException(
                $"The file has format {file[Magic.Length]}; this version knows {FirstVersion} and {Version}. Use the version that wrote it."
            );
        }
    }
}
