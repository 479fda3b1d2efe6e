using System.Net;

namespace SignalExchange.TransparencyLog.Tests.Tiles;

/// <summary>A web server without a network.</summary>
internal sealed class CannedHandler(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public static HttpClient Client(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) =>
        new(new CannedHandler(answer));

    public static HttpResponseMessage Answer(HttpStatusCode code, byte[]? body = null) =>
        new(code) { Content = new ByteArrayContent(body ?? []) };

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => answer(request);
}
