using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Telemetry;

/// <summary>What the exchange says about itself: logs, metrics, traces.</summary>
internal static class TelemetryExtensions
{
    private const string ServiceName = "signalexchange";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Below everything that an operator configures, so that each of them can be asked for more.
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        // The runtime logs every failed write under the storage's name; the shard has said it already, once a group.
        ["Logging:LogLevel:SignalExchange.Grains.Shards.ShardGrainStorage"] = "None",
    };

    /// <summary>Adds the console log, in which no whole token can appear.</summary>
    public static IHostApplicationBuilder AddExchangeLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = RedactingConsoleFormatter.FormatterName);
        builder.Logging.AddConsoleFormatter<
            RedactingConsoleFormatter,
            Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions
        >();
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });
        return builder;
    }

    /// <summary>
    /// Adds logs, metrics and traces by OTLP, if the standard variable OTEL_EXPORTER_OTLP_ENDPOINT names a collector, and the page that
    /// Prometheus reads, if it has an address.
    /// </summary>
    /// <remarks>Everything goes through <see cref="LogRedactor"/>, <see cref="SpanRedactor"/> and <see cref="MetricTags"/> first.</remarks>
    public static IHostApplicationBuilder AddExchangeTelemetry(
        this IHostApplicationBuilder builder,
        ExchangeOptions exchange,
        IConfiguration configuration
    )
    {
        builder.Services.AddOptions<TelemetryOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<CallMetrics>();
        builder.Services.AddSingleton<ReadinessCheck>();
        builder.Services.AddSingleton<SiloMetrics>();
        builder.Services.AddHostedService<CounterZeros>();
        var hasCollector = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        if (!hasCollector && exchange.ListenMetrics is null)
        {
            return builder;
        }

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddExchangeMetrics();
            if (exchange.ListenMetrics is not null)
            {
                metrics.AddPrometheusExporter();
            }

            if (hasCollector)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (hasCollector)
        {
            telemetry.WithTracing(traces => traces.AddExchangeTraces().AddOtlpExporter());
            telemetry.WithLogging(
                logs => logs.AddProcessor(new LogRedactor()).AddOtlpExporter(),
                options => (options.IncludeFormattedMessage, options.IncludeScopes) = (true, false)
            );
        }

        return builder;
    }

    /// <summary>Takes every call's time; answers metrics and health where they have an address.</summary>
    public static void UseExchangeTelemetry(this WebApplication app)
    {
        // They only answer when they are asked, so nobody else would make them.
        _ = app.Services.GetRequiredService<SiloMetrics>();
        _ = app.Services.GetRequiredService<MemberMetrics>();
        if (app.Services.GetRequiredService<IOptions<ExchangeOptions>>().Value.ListenMetrics is not null)
        {
            app.UseOperationsPages();
        }

        app.UseMiddleware<CallObserver>();
    }

    /// <summary>Adds every meter that is ours or that we run on, with exemplars where a trace is recorded.</summary>
    /// <remarks>Not ASP.NET Core's <c>http.server.request.duration</c>: of gRPC it knows the status 200 only, and each call would pay for it.</remarks>
    internal static MeterProviderBuilder AddExchangeMetrics(this MeterProviderBuilder metrics) =>
        metrics
            .AddMeter("SignalExchange.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation()
            .KeepAllowedTags()
            .SetExemplarFilter(ExemplarFilterType.TraceBased);

    /// <summary>Adds the sources that make one trace of a call: ASP.NET Core, the runtime of the grains, our shards.</summary>
    internal static TracerProviderBuilder AddExchangeTraces(this TracerProviderBuilder traces) =>
        traces
            .AddSource("SignalExchange.*", "Microsoft.Orleans.*")
            .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthASpan)
            .SetSampler(provider => SamplerOf(provider.GetRequiredService<IOptions<TelemetryOptions>>().Value))
            .AddProcessor(new SpanRedactor());

    // The id decides, whatever the caller's flag says: members must not be able to have every call of theirs recorded. Platform and exchange that
    // record the same share record the same traces, and so do the silos that a call passes through.
    private static ParentBasedSampler SamplerOf(TelemetryOptions options)
    {
        var ratio = new TraceIdRatioBasedSampler(options.TraceRatio);
        return new(ratio, remoteParentSampled: ratio, remoteParentNotSampled: ratio);
    }

    private static bool IsWorthASpan(HttpContext http) =>
        http.Features.Get<OperationsConnection>() is null
        && !http.Request.Path.StartsWithSegments("/grpc.health.v1.Health", StringComparison.Ordinal);

    // The standard variables OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
    private static void Describe(ResourceBuilder resource) =>
        resource
            .AddService(
                ServiceName,
                serviceVersion: typeof(TelemetryExtensions).Assembly.GetName().Version?.ToString(3)
            )
            .AddEnvironmentVariableDetector();
}
