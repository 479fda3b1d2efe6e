using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A collector that keeps what it is sent by OTLP over HTTP, byte by byte, and says thank you.</summary>
internal sealed class Collector : IAsyncDisposable
{
    public static readonly string[] Signals = ["traces", "metrics", "logs"];

    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _received = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    /// <summary>Gets the settings that make an exchange send everything here, and soon.</summary>
    public string[] Settings =>
        [
            "--OTEL_EXPORTER_OTLP_ENDPOINT",
            _app.Urls.First(),
            "--OTEL_EXPORTER_OTLP_PROTOCOL",
            "http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL",
            "1000",
            "--Exchange:Telemetry:TraceRatio",
            "1",
        ];

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.Take);
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Returns everything that came for traces, metrics or logs.</summary>
    public byte[] Received(string signal) =>
        [.. _received.TryGetValue(signal, out var bodies) ? bodies.SelectMany(body => body) : []];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _received.GetOrAdd(signal, _ => new()).Enqueue(body.ToArray());
    }
}
