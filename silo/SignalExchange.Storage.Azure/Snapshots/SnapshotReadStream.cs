using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.Snapshots;

/// <summary>Reads a blob as it was when it was opened: each read is a request for as many bytes as it has room for.</summary>
/// <param name="blob">The blob.</param>
/// <param name="end">Where it ended then.</param>
/// <remarks>Whoever reads takes pieces of its own size. For one thread at a time, asynchronously only.</remarks>
internal sealed class SnapshotReadStream(AzureBlockBlob blob, BlobEnd end) : Stream
{
    // Ends within the time that a request may take, on any line that an exchange is run on.
    private const int MaxRequestBytes = 4 * 1024 * 1024;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => end.Length;

    public override long Position { get; set; }

    /// <exception cref="IOException">It could not be read, or another one has taken its place.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(Math.Min(buffer.Length, MaxRequestBytes), Math.Max(0, end.Length - Position));
        if (count > 0)
        {
            await blob.ReadAsync(end, Position, buffer[..count], cancellationToken);
            Position += count;
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position =
            offset
            + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => Position,
                _ => end.Length,
            };

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
