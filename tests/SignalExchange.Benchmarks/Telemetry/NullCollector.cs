using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Benchmarks.Telemetry;

/// <summary>A collector on loopback that reads what it is sent and forgets it.</summary>
internal sealed class NullCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _bytes;

    private NullCollector(WebApplication app) => _app = app;

    /// <summary>Gets its address.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Gets how many bytes came.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Starts one.</summary>
    public static async Task<NullCollector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new NullCollector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.Take);
        await collector._app.StartAsync();
        return collector;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Interlocked.Add(ref _bytes, body.Length);
    }
}
