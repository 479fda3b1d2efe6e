using System.Globalization;
using Grpc.Core;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>Watches what becomes of each attempt of a call, at the silo that it went to.</summary>
/// <remarks>
/// A process that is stopped in its tracks has a connection, takes calls and answers none: what tells is that they end by their deadline. One that
/// its caller gave up says nothing about the silo.
/// </remarks>
internal sealed class SiloRestHandler(SiloRest rest, TimeProvider clock, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    // gRPC's own clock runs since before the message was made: what is asked for here is nearly all of it.
    private const double MostOfDeadline = 0.9;

    private static readonly string[] NotServed =
    [
        ((int)StatusCode.Unavailable).ToString(CultureInfo.InvariantCulture),
        ((int)StatusCode.DeadlineExceeded).ToString(CultureInfo.InvariantCulture),
    ];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var silo = request.RequestUri!;
        var started = clock.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Note(silo, IsNotServed(response));
            return response;
        }
        catch (OperationCanceledException)
        {
            if (clock.GetElapsedTime(started) >= GrpcTimeout.Of(request) * MostOfDeadline)
            {
                Note(silo, hasFailed: true);
            }

            throw;
        }
        catch (Exception)
        {
            Note(silo, hasFailed: true);
            throw;
        }
    }

    // A refusal before the first message has its status in the headers ("Trailers-Only" in gRPC's protocol over HTTP/2).
    private static bool IsNotServed(HttpResponseMessage response) =>
        response.Headers.TryGetValues("grpc-status", out var status) && NotServed.Contains(status.First());

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
