using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Auditors;

/// <summary>An export on its way to the browser: read as it is written, so that nobody holds all of it. One reader.</summary>
/// <param name="parts">What the exchange sends.</param>
/// <param name="told">Hears how far it is.</param>
internal sealed class ExportFile(IAsyncStreamReader<ExportEntriesResponse> parts, Action<ExportProgress> told) : Stream
{
    private ReadOnlyMemory<byte> _rest;
    private bool _isOver;

    /// <summary>Gets what the exchange broke off with; null when it did not.</summary>
    public RpcException? Failure { get; private set; }

    /// <summary>Gets what vouches for the file; null before its end.</summary>
    public byte[]? Manifest { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for the first part, so that a refusal is known before the browser makes a file.</summary>
    public Task Begin(CancellationToken cancellationToken) => Next(cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty && !_isOver)
        {
            await Next(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task Next(CancellationToken cancellationToken)
    {
        try
        {
            _isOver = !await parts.MoveNext(cancellationToken);
        }
        catch (RpcException failure)
        {
            Failure = failure;
            throw;
        }

        if (!_isOver)
        {
            Take(parts.Current);
        }
    }

    private void Take(ExportEntriesResponse part)
    {
        switch (part.PartCase)
        {
            case ExportEntriesResponse.PartOneofCase.Chunk:
                _rest = part.Chunk.Memory;
                break;
            case ExportEntriesResponse.PartOneofCase.Manifest:
                Manifest = part.Manifest.ToByteArray();
                break;
            case ExportEntriesResponse.PartOneofCase.Progress:
                told(part.Progress);
                break;
        }
    }
}
