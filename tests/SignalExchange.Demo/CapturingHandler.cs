using System.Text;

namespace SignalExchange.Demo;

/// <summary>Passes requests on and keeps a copy of what goes and comes.</summary>
internal sealed class CapturingHandler(Capture capture, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        capture.Write(Encoding.UTF8.GetBytes($"{request.Method} {request.RequestUri}\n{request.Headers}\n"));
        if (request.Content is { } content)
        {
            // A unary call's message is whole when it is sent, so it can be read ahead without changing the call.
            var body = await content.ReadAsByteArrayAsync(cancellationToken);
            capture.Write(body);
            var copy = new ByteArrayContent(body);
            foreach (var header in content.Headers)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            request.Content = copy;
        }

        var response = await base.SendAsync(request, cancellationToken);
        capture.Write(Encoding.UTF8.GetBytes($"{response.StatusCode}\n{response.Headers}\n"));
        var answer = new StreamContent(
            new CapturingStream(await response.Content.ReadAsStreamAsync(cancellationToken), capture)
        );
        foreach (var header in response.Content.Headers)
        {
            answer.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = answer;
        return response;
    }
}
