using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SignalExchange.Index.Snapshots;

/// <summary>Writes a snapshot's file, section by section; of its memory, one piece.</summary>
internal sealed class SnapshotWriter : IDisposable
{
    private readonly Stream _file;
    private readonly AesGcm _cipher;
    private readonly byte[] _header;
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(SnapshotFormat.ChunkBytes + SnapshotFormat.TagBytes);

    /// <summary>Begins a file.</summary>
    /// <param name="file">The file, empty. Not disposed.</param>
    /// <param name="key">The silo's snapshot key.</param>
    /// <param name="salt">32 random bytes.</param>
    public SnapshotWriter(Stream file, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        _file = file;
        _header = new byte[SnapshotFormat.HeaderBytes];
        SnapshotFormat.Beginning.CopyTo(_header);
        BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(SnapshotFormat.VersionAt), SnapshotFormat.Version);
        salt.CopyTo(_header.AsSpan(SnapshotFormat.SaltAt));
        _cipher = SnapshotFormat.CipherOf(key, _header);
    }

    /// <summary>Gets how many bytes were written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes what stands before the sections.</summary>
    public Task WriteHeaderAsync(CancellationToken cancellationToken) => WriteAsync(_header, cancellationToken);

    /// <summary>Writes a section.</summary>
    public async Task<SnapshotSection> WriteSectionAsync(
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        var section = new SnapshotSection(Bytes, content.Length);
        for (var rest = content; !rest.IsEmpty; )
        {
            var chunk = rest[..Math.Min(rest.Length, SnapshotFormat.ChunkBytes)];
            await WriteAsync(Seal(chunk.Span, []), cancellationToken);
            rest = rest[chunk.Length..];
        }

        return section;
    }

    /// <summary>Writes the directory, and that the file is whole.</summary>
    public async Task WriteDirectoryAsync(SnapshotDirectory directory, CancellationToken cancellationToken)
    {
        var content = directory.Encode();
        var trailer = new byte[SnapshotFormat.TrailerBytes];
        BinaryPrimitives.WriteInt64LittleEndian(trailer, Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(trailer.AsSpan(8), content.Length);
        SnapshotFormat.End.CopyTo(trailer.AsSpan(16));
        await WriteAsync(Seal(content, _header), cancellationToken);
        CryptographicOperations.ZeroMemory(content); // The keys are in it.
        await WriteAsync(trailer, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher.Dispose();
        ArrayPool<byte>.Shared.Return(_sealed);
    }

    private ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[AesGcm.NonceByteSizes.MaxSize];
        SnapshotFormat.WriteNonce(nonce, Bytes);
        var text = _sealed.AsSpan(0, chunk.Length);
        var tag = _sealed.AsSpan(chunk.Length, SnapshotFormat.TagBytes);
        _cipher.Encrypt(nonce, chunk, text, tag, associated);
        return _sealed.AsMemory(0, chunk.Length + SnapshotFormat.TagBytes);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _file.WriteAsync(bytes, cancellationToken);
        Bytes += bytes.Length;
    }
}
