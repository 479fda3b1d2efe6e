using System.Globalization;
using Grpc.Core;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>Watches what becomes of each attempt of a call, at the silo that it went to.</summary>
internal sealed class SiloRestHandler(SiloRest rest, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string Unavailable = ((int)StatusCode.Unavailable).ToString(CultureInfo.InvariantCulture);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var silo = request.RequestUri!;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Note(silo, IsUnavailable(response));
            return response;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Note(silo, hasFailed: true);
            throw;
        }
    }

    // A refusal before the first message has its status in the headers ("Trailers-Only" in gRPC's protocol over HTTP/2).
    private static bool IsUnavailable(HttpResponseMessage response) =>
        response.Headers.TryGetValues("grpc-status", out var status) && status.First() == Unavailable;

    private void Note(Uri silo, bool hasFailed)
    {
        if (hasFailed)
        {
            rest.Failed(silo.DnsSafeHost, silo.Port);
        }
        else
        {
            rest.Served(silo.DnsSafeHost, silo.Port);
        }
    }
}
