namespace SignalExchange.Silo.Browsers;

/// <summary>Keeps pages of other sites off the connection that the console's pages live on.</summary>
/// <remarks>
/// A WebSocket is opened across origins without asking anybody (RFC 6455 section 10.2), and <c>SameSite</c> lets a cookie go along from another port, or
/// another host of the same domain. Who names no origin is no browser, and has nobody's cookie.
/// </remarks>
internal static class OriginGuard
{
    /// <summary>Refuses what a page of another origin asks of the live connection.</summary>
    public static void UseOriginGuard(this WebApplication app) =>
        app.Use(
            static (http, next) =>
            {
                if (!IsLive(http) || IsOwn(http.Request))
                {
                    return next(http);
                }

                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }
        );

    private static bool IsLive(HttpContext http) =>
        http.Features.Get<ConsoleConnection>() is not null
        && http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);

    // By host and port: behind a proxy that ends TLS the schemes differ. Both leave out the port that is the scheme's own.
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is var origin
        && (
            origin.Count == 0
            || (
                Uri.TryCreate($"{origin}", UriKind.Absolute, out var site)
                && site.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            )
        );
}
