using System.Security.Cryptography;
using System.Threading.Channels;
using SignalExchange.Contracts;

namespace SignalExchange.Audit.Export;

/// <summary>A stream that a file is written to, and that a reader takes chunks from meanwhile; it counts and digests on the way.</summary>
/// <remarks>The writer waits while eight chunks wait. One writer, one reader.</remarks>
internal sealed class ChunkStream : Stream
{
    private const int WaitingChunks = 8;

    private readonly Channel<byte[]> _chunks = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(WaitingChunks) { SingleReader = true, SingleWriter = true }
    );

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _waiting = new();
    private long _written;

    /// <summary>Gets the chunks, each at most 65,536 bytes.</summary>
    public ChannelReader<byte[]> Chunks => _chunks.Reader;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _written;

    /// <inheritdoc/>
    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what is left, and ends the chunks.</summary>
    /// <returns>The SHA-256 digest of everything.</returns>
    public async Task<byte[]> CompleteAsync(CancellationToken cancellationToken)
    {
        await SendAsync(1, cancellationToken);
        _chunks.Writer.Complete();
        return _hash.GetHashAndReset();
    }

    /// <summary>Ends the chunks: the writer failed.</summary>
    public void Fail(Exception exception) => _chunks.Writer.TryComplete(exception);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        Write(buffer.Span);
        await SendAsync(Limits.MaxExportChunkBytes, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <remarks>Waits for nobody: what it takes leaves with the next asynchronous write. For the few bytes of magic numbers and footers.</remarks>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _waiting.Write(buffer);
        _written += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        _waiting.Dispose();
        base.Dispose(disposing);
    }

    // Sends chunks as long as at least so many bytes wait.
    private async ValueTask SendAsync(int least, CancellationToken cancellationToken)
    {
        var sent = 0;
        for (var length = (int)_waiting.Length; length - sent >= least; )
        {
            var count = Math.Min(Limits.MaxExportChunkBytes, length - sent);
            await _chunks.Writer.WriteAsync(_waiting.GetBuffer()[sent..(sent + count)], cancellationToken);
            sent += count;
        }

        if (sent > 0)
        {
            var rest = _waiting.GetBuffer()[sent..(int)_waiting.Length];
            _waiting.SetLength(0);
            _waiting.Write(rest);
        }
    }
}
