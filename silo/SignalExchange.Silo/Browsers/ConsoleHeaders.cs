namespace SignalExchange.Silo.Browsers;

/// <summary>What every answer of the console forbids the browser.</summary>
internal static class ConsoleHeaders
{
    // Scripts come from this server's files only: nothing inline, no eval. Styles may stand inline, since MudBlazor writes its theme into a
    // <style> element and places what it shows by style attributes, both from the page's own connection; there is nowhere that a style could
    // send anything to, since nothing may be fetched from anywhere else.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; "
        + "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private const string PermissionsPolicy =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    /// <summary>Adds them to every answer on a connection of the console.</summary>
    public static void UseConsoleHeaders(this WebApplication app) =>
        app.Use(
            static (http, next) =>
            {
                if (http.Features.Get<ConsoleConnection>() is not null)
                {
                    Set(http.Response.Headers, http.Request.IsHttps);
                }

                return next(http);
            }
        );

    private static void Set(IHeaderDictionary headers, bool isSecure)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        if (isSecure)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
