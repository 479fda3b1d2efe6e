using SignalExchange.Storage;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Silo.AccessLog;

/// <summary>
/// Serves the access log as C2SP tlog-tiles: <c>/LOG/checkpoint</c>, <c>/LOG/log.vkey</c> and <c>/LOG/tile/...</c>, to everybody.
/// </summary>
/// <remarks>
/// What is served says nothing about anybody: hashes, times, digests of sealed and salted details. Sealed details are not served. Reading is
/// not recorded, since anybody may and nothing is learned.
/// </remarks>
internal static class TilePages
{
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

        var (log, path) = Split(http.Request.Path.Value ?? "/");
        try
        {
            if (
                !AccessLogPaths.IsLog(log)
                || !AccessLogPaths.IsPublic(path)
                || await Read(http, log, path) is not { } content
            )
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await Answer(http, AccessLogPaths.IsImmutable(path), content);
        }
        catch (StorageUnavailableException)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "1";
        }
    }

    private static ValueTask<ReadOnlyMemory<byte>?> Read(HttpContext http, string log, string path) =>
        http.RequestServices.GetRequiredService<IAccessLogStore>().GetAsync(log, path, http.RequestAborted);

    private static (string Log, string Path) Split(string path)
    {
        var end = path.Length < 2 ? -1 : path.IndexOf('/', 1);
        return end < 0 ? ("", "") : (path[1..end], path[(end + 1)..]);
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
}
