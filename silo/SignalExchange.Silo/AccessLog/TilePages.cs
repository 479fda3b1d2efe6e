using System.Text.RegularExpressions;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Silo.AccessLog;

/// <summary>
/// Serves the access log as C2SP tlog-tiles: <c>/LOG/checkpoint</c>, <c>/LOG/log.vkey</c> and <c>/LOG/tile/...</c>, to everybody.
/// </summary>
/// <remarks>
/// What is served says nothing about anybody: hashes, times, digests of sealed and salted details. Sealed details are not served. Reading is
/// not recorded, since anybody may and nothing is learned.
/// </remarks>
internal static partial class TilePages
{
    // No log has this name; the folder beside the logs has.
    private const string KeyFolder = "keys";
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Puts the pages in front of everything else, for connections to their address only.</summary>
    public static void UseTilePages(this WebApplication app) =>
        app.MapWhen(static http => http.Features.Get<TilesConnection>() is not null, static tiles => tiles.Run(Serve));

    private static async Task Serve(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        var match = Page().Match(http.Request.Path.Value ?? "");
        var store = http.RequestServices.GetRequiredService<IAccessLogStore>();
        if (
            !match.Success
            || match.Groups["log"].Value == KeyFolder
            || await store.GetAsync(match.Groups["log"].Value, match.Groups["path"].Value, http.RequestAborted)
                is not { } content
        )
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await Answer(http, AccessLogPaths.IsImmutable(match.Groups["path"].Value), content);
    }

    private static async Task Answer(HttpContext http, bool isImmutable, ReadOnlyMemory<byte> content)
    {
        http.Response.ContentType = isImmutable ? "application/octet-stream" : "text/plain; charset=utf-8";
        http.Response.ContentLength = content.Length;
        http.Response.Headers.CacheControl = isImmutable ? Immutable : "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(content, http.RequestAborted);
        }
    }

    // https://c2sp.org/tlog-tiles: the rest of the form is AccessLogPaths'; what it does not know must not come to it.
    [GeneratedRegex(
        @"\A/(?<log>[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,15}){0,3})/(?<path>checkpoint|log\.vkey|tile/([0-9]|[1-5][0-9]|6[0-3]|entries)(/x[0-9]{3}){0,6}/[0-9]{3}(\.p/[1-9][0-9]{0,2})?)\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Page();
}
