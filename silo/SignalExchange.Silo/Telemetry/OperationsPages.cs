using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SignalExchange.Silo.Telemetry;

/// <summary>
/// Serves what those who run the exchange ask for by HTTP, at an address of its own: <c>/metrics</c> for Prometheus, <c>/ready</c> and
/// <c>/live</c> for probes.
/// </summary>
/// <remarks>
/// Probes of gRPC know no TLS (Kubernetes says so of its own), and without TLS the exchange listens on loopback only. Nobody signs in here, so the
/// network decides who may come: what is served counts calls and signals, and names nobody.
/// </remarks>
internal static class OperationsPages
{
    private const string Metrics = "/metrics";
    private const string Ready = "/ready";
    private const string Live = "/live";

    /// <summary>Puts the pages in front of everything else, for connections to their address only.</summary>
    public static void UseOperationsPages(this WebApplication app) =>
        app.MapWhen(static http => http.Features.Get<OperationsConnection>() is not null, Serve);

    private static void Serve(IApplicationBuilder pages)
    {
        pages.UseOpenTelemetryPrometheusScrapingEndpoint(Metrics);
        pages.UseHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteReasons });
        pages.UseHealthChecks(Live, new HealthCheckOptions { Predicate = static _ => false });
        pages.Run(static http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    // The status, as before, and a line for each check that says more: what is wrong, in our own words, and no exception's.
    private static Task WriteReasons(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        var reasons = report.Entries.Values.Select(entry => entry.Description).OfType<string>();
        return http.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. reasons]), http.RequestAborted);
    }
}
