using System.Text.Encodings.Web;

namespace SignalExchange.Silo.Browsers;

/// <summary>A page that asks for another at once, so that the next request comes from this site and not from the one that led here.</summary>
internal static class Bounce
{
    /// <summary>Writes it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="to">An address of the console.</param>
    public static Task Write(HttpContext http, string to)
    {
        var encoded = HtmlEncoder.Default.Encode(ConsolePaths.Local(to));
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(
            "<!DOCTYPE html><html lang=\"en\"><head><title>SignalExchange</title>"
                + $"<meta http-equiv=\"refresh\" content=\"0;url={encoded}\"></head>"
                + $"<body><p><a href=\"{encoded}\">Go on</a></p></body></html>",
            http.RequestAborted
        );
    }
}
