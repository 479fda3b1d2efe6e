using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.Snapshots;

/// <summary>Stages what is written to it, block by block. Without <see cref="CommitAsync"/> nobody ever sees it, and the service forgets it after a week.</summary>
/// <param name="blob">The blob whose place it takes.</param>
/// <remarks>For one thread at a time, asynchronously only.</remarks>
internal sealed class SnapshotWriteStream(AzureBlockBlob blob) : Stream
{
    // A blob has at most 50,000 blocks: 195 GiB of these, some 17 billion indicators.
    private const int BlockBytes = 4 * 1024 * 1024;
    private const int IdBytes = 16;

    // Two processes may write the same blob at once. With names of its own neither lists a block of the other's.
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(IdBytes);
    private readonly byte[] _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private readonly List<string> _staged = [];
    private int _filled;
    private bool _isReturned;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, BlockBytes - _filled);
            buffer[..count].CopyTo(_block.AsMemory(_filled));
            buffer = buffer[count..];
            _filled += count;
            if (_filled == BlockBytes)
            {
                await StageAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Puts all that was written in place of the blob, at once.</summary>
    /// <exception cref="IOException">The blob is as it was, or, where the service's answer was lost, the new one.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_filled > 0)
        {
            await StageAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await blob.CommitAsync(_staged);
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isReturned)
        {
            _isReturned = true;
            ArrayPool<byte>.Shared.Return(_block);
        }

        base.Dispose(disposing);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt32BigEndian(_id.AsSpan(IdBytes - sizeof(int)), _staged.Count);
        var id = Convert.ToBase64String(_id);
        await blob.StageAsync(id, new ArraySegment<byte>(_block, 0, _filled), cancellationToken);
        _staged.Add(id);
        _filled = 0;
    }
}
