using System.Net;
using System.Text;

namespace SignalExchange.Client.Tests.Privacy;

/// <summary>Keeps every byte of every request, as the client hands them to HTTP.</summary>
internal sealed class CapturingHandler : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly MemoryStream _sent = new();
    private readonly MemoryStream _headers = new();

    public CapturingHandler()
        : base(new SocketsHttpHandler()) { }

    public ReadOnlyMemory<byte> Sent => Copy(_sent);

    public ReadOnlyMemory<byte> Headers => Copy(_headers);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Keep(_headers, Encoding.UTF8.GetBytes($"{request.RequestUri} {request.Headers}"));
        // The body of a JWT is base64: what it says is kept in clear.
        var claims = request.Headers.Authorization!.Parameter!.Split('.')[1];
        Keep(_headers, System.Buffers.Text.Base64Url.DecodeFromChars(claims));
        request.Content = new CapturingContent(request.Content!, bytes => Keep(_sent, bytes));
        return base.SendAsync(request, cancellationToken);
    }

    private void Keep(MemoryStream to, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            to.Write(bytes);
        }
    }

    private ReadOnlyMemory<byte> Copy(MemoryStream from)
    {
        lock (_gate)
        {
            return from.ToArray();
        }
    }

    private sealed class CapturingContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly Action<byte[]> _keep;

        public CapturingContent(HttpContent inner, Action<byte[]> keep)
        {
            (_inner, _keep) = (inner, keep);
            foreach (var header in inner.Headers)
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            _inner.CopyToAsync(new CapturingStream(stream, _keep), context);

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }

    private sealed class CapturingStream(Stream inner, Action<byte[]> keep) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            keep(buffer.AsSpan(offset, count).ToArray());
            inner.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            keep(buffer.ToArray());
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
