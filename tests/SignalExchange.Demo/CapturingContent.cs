using System.Net;

namespace SignalExchange.Demo;

/// <summary>A request's body of which a copy is kept while it is sent: a stream's body never ends before its answers have come.</summary>
internal sealed class CapturingContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly Capture _capture;

    public CapturingContent(HttpContent inner, Capture capture)
    {
        (_inner, _capture) = (inner, capture);
        foreach (var header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    ) => _inner.CopyToAsync(new CapturingStream(stream, _capture), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
