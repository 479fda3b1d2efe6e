using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SignalExchange.Index.Snapshots;

/// <summary>Reads a snapshot's file; of its memory, one piece. For one thread at a time.</summary>
internal sealed class SnapshotReader : IAsyncDisposable
{
    private readonly Stream _file;
    private readonly byte[] _header;
    private readonly AesGcm _cipher;
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(SnapshotFormat.ChunkBytes + SnapshotFormat.TagBytes);
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(SnapshotFormat.ChunkBytes);

    private SnapshotReader(Stream file, byte[] header, AesGcm cipher) =>
        (_file, _header, _cipher) = (file, header, cipher);

    /// <summary>Takes what was read; the bytes are good until it returns.</summary>
    public delegate void Taker(ReadOnlySpan<byte> piece);

    /// <summary>Begins to read.</summary>
    /// <param name="file">The file; disposed with the reader.</param>
    /// <param name="key">The silo's snapshot key.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SnapshotRefusedException">It is no snapshot, or of another format.</exception>
    /// <exception cref="EndOfStreamException">It ends too early.</exception>
    public static async Task<SnapshotReader> OpenAsync(
        Stream file,
        ReadOnlyMemory<byte> key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var header = new byte[SnapshotFormat.HeaderBytes];
            await file.ReadExactlyAsync(header, cancellationToken);
            Check(header);
            return new(file, header, SnapshotFormat.CipherOf(key.Span, header));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the directory.</summary>
    /// <exception cref="SnapshotRefusedException">The file was not written to its end.</exception>
    /// <exception cref="AuthenticationTagMismatchException">It was altered, or sealed with another key.</exception>
    public async Task<SnapshotDirectory> ReadDirectoryAsync(CancellationToken cancellationToken)
    {
        var trailer = new byte[SnapshotFormat.TrailerBytes];
        _file.Position = Math.Max(0, _file.Length - trailer.Length);
        await _file.ReadExactlyAsync(trailer, cancellationToken);
        var (place, bytes) = (
            BinaryPrimitives.ReadInt64LittleEndian(trailer),
            BinaryPrimitives.ReadInt64LittleEndian(trailer.AsSpan(8))
        );
        var end = _file.Length - SnapshotFormat.TagBytes - trailer.Length;
        if (!trailer.AsSpan(16).SequenceEqual(SnapshotFormat.End) || place < 0 || place + bytes != end)
        {
            throw new SnapshotRefusedException("it ends in the middle");
        }

        using var directory = new MemoryStream();
        await ReadAsync(new(place, bytes), directory.Write, _header, cancellationToken);
        return SnapshotDirectory.Decode(directory.ToArray());
    }

    /// <summary>Reads a section, piece by piece.</summary>
    /// <exception cref="AuthenticationTagMismatchException">It was altered.</exception>
    /// <exception cref="EndOfStreamException">It ends too early.</exception>
    public Task ReadSectionAsync(SnapshotSection section, Taker take, CancellationToken cancellationToken) =>
        ReadAsync(section, take, [], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _cipher.Dispose();
        ArrayPool<byte>.Shared.Return(_sealed);
        ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
        await _file.DisposeAsync();
    }

    private async Task ReadAsync(
        SnapshotSection section,
        Taker take,
        byte[] associated,
        CancellationToken cancellationToken
    )
    {
        _file.Position = section.Place;
        for (var rest = section.Bytes; rest > 0; )
        {
            var place = _file.Position;
            var length = (int)Math.Min(rest, SnapshotFormat.ChunkBytes);
            await _file.ReadExactlyAsync(_sealed.AsMemory(0, length + SnapshotFormat.TagBytes), cancellationToken);
            take(Open(place, length, associated));
            rest -= length;
        }
    }

    private ReadOnlySpan<byte> Open(long place, int length, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[AesGcm.NonceByteSizes.MaxSize];
        SnapshotFormat.WriteNonce(nonce, place);
        var plain = _plain.AsSpan(0, length);
        var text = _sealed.AsSpan(0, length);
        var tag = _sealed.AsSpan(length, SnapshotFormat.TagBytes);
        _cipher.Decrypt(nonce, text, tag, plain, associated);
        return plain;
    }

    private static void Check(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith(SnapshotFormat.Beginning))
        {
            throw new SnapshotRefusedException("it is no snapshot of an index");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[SnapshotFormat.VersionAt..]);
        if (version != SnapshotFormat.Version)
        {
            throw new SnapshotRefusedException(
                $"it has format {version}, and this version reads format {SnapshotFormat.Version}"
            );
        }
    }
}
