using System.Security.Cryptography;

namespace SignalExchange.Index.Snapshots;

/// <summary>How a snapshot of the index lies in its file.</summary>
/// <remarks>
/// <code>
/// byte   0      8 bytes   "SX-INDEX"
/// byte   8      4 bytes   format, 3; all numbers are little-endian
/// byte  12      4 bytes   zero
/// byte  16     32 bytes   salt, random: file key = HKDF-SHA256(the silo's snapshot key, salt, "index-snapshot/1")
/// then sections, each in pieces of <see cref="ChunkBytes"/>, the last one shorter:
///               n bytes   AES-256-GCM of the piece; nonce: the piece's place in the file in 8 bytes, then 4 zero
///              16 bytes   its tag
/// then the directory (<see cref="SnapshotDirectory"/>), a section of one piece, authenticated together with bytes 0 to 47
/// then          8 bytes   where the directory begins
///               8 bytes   its bytes, without the tag
///               8 bytes   "SX-WHOLE"
/// </code>
/// The tags are the checksums. Nothing is readable without the master key: not the keyed hashes of tokens, nor the key that they were
/// made with, nor tokens of templates. A change of this drawing is a new format; <c>SnapshotFormatTests</c> holds the golden bytes.
/// </remarks>
internal static class SnapshotFormat
{
    /// <summary>The format.</summary>
    public const uint Version = 3;

    /// <summary>The bytes before the first section.</summary>
    public const int HeaderBytes = 48;

    /// <summary>The bytes behind the directory.</summary>
    public const int TrailerBytes = 24;

    /// <summary>The bytes of a piece, sealed by itself: whole records of every kind there is.</summary>
    public const int ChunkBytes = 192 * 1024;

    /// <summary>The bytes of a tag.</summary>
    public const int TagBytes = 16;

    /// <summary>Where the salt stands.</summary>
    public const int SaltAt = 16;

    /// <summary>Where the format stands.</summary>
    public const int VersionAt = 8;

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Beginning => "SX-INDEX"u8;

    /// <summary>What a file that was written to its end ends with.</summary>
    public static ReadOnlySpan<byte> End => "SX-WHOLE"u8;

    /// <summary>Writes the nonce of a piece: no two of a file share a place, and no two files a key.</summary>
    public static void WriteNonce(Span<byte> nonce, long place)
    {
        nonce.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(nonce, place);
    }

    /// <summary>Returns the cipher of a file.</summary>
    /// <param name="key">The silo's snapshot key.</param>
    /// <param name="header">The file's header.</param>
    public static AesGcm CipherOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> header)
    {
        Span<byte> fileKey = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, fileKey, header[SaltAt..], "index-snapshot/1"u8);
        var cipher = new AesGcm(fileKey, TagBytes);
        CryptographicOperations.ZeroMemory(fileKey);
        return cipher;
    }
}
