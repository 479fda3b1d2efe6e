using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SignalExchange.Silo.Telemetry;

/// <summary>What the exchange says about itself: logs, metrics, traces.</summary>
internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds the console log, in which no whole token can appear.</summary>
    public static IHostApplicationBuilder AddExchangeLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = RedactingConsoleFormatter.FormatterName);
        builder.Logging.AddConsoleFormatter<
            RedactingConsoleFormatter,
            Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions
        >();
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);

        // The runtime logs every failed write under the storage's name; the shard has said it already, once a group.
        builder.Logging.AddFilter("SignalExchange.Grains.Shards.ShardGrainStorage", LogLevel.None);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        return builder;
    }

    /// <summary>Adds metrics and traces by OTLP, if the standard variable OTEL_EXPORTER_OTLP_ENDPOINT names a collector.</summary>
    /// <remarks>Orleans' own activity sources are left out: their spans carry grain keys, which are tokens.</remarks>
    public static IHostApplicationBuilder AddExchangeTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]))
        {
            return builder;
        }

        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("signalexchange"))
            .WithMetrics(metrics =>
                metrics
                    .AddMeter("SignalExchange.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Server.Kestrel")
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddOtlpExporter()
            )
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddOtlpExporter());
        return builder;
    }
}
