using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Submissions;
using SignalExchange.Silo.Telemetry;

namespace SignalExchange.Benchmarks.Telemetry;

/// <summary>What telemetry costs a unary check of one unknown token: the same exchange, with metrics and traces on and off in turns.</summary>
/// <remarks>
/// Callers, client, server and collector share this machine's cores, so what the collector costs counts against telemetry, too. Metrics are sent each
/// minute, as by default, which no round lasts: so they are sent once behind each, and what that takes is a line of its own.
/// </remarks>
internal static class TelemetryBenchmark
{
    private const int Rounds = 41;
    private static readonly TimeSpan ExportInterval = TimeSpan.FromMinutes(1); // OTEL_METRIC_EXPORT_INTERVAL's default

    // Null is off; else the share of the traces that are recorded.
    private static readonly double?[] Ratios = [null, 0, 0.01, 1];

    /// <summary>Runs it.</summary>
    /// <param name="count">Checks a round.</param>
    public static async Task<Report> Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("signalexchange-bench-").FullName;
        try
        {
            await using var collector = await NullCollector.Start();
            await using var exchange = await MeasuredExchange.Start(Path.Combine(folder, "data"));
            var sending = new List<double>();
            var rounds = Ratios.Select(_ => new List<(double PerSecond, double P99, double Microseconds)>()).ToList();
            for (var round = -1; round < Rounds; round++)
            {
                foreach (var (place, ratio) in Ratios.Index())
                {
                    using var telemetry = ratio is { } share ? Telemetry(collector.Address, share) : null;
                    var before = Environment.CpuUsage.TotalTime;
                    var (perSecond, _, p99) = await UnaryChecks.Measure(exchange, count);
                    var used = Environment.CpuUsage.TotalTime - before;
                    if (round >= 0)
                    {
                        rounds[place].Add((perSecond, p99, used.TotalMicroseconds / count));
                        sending.AddRange(telemetry is { } on ? [Sending(on.Metrics)] : []);
                    }
                }
            }

            return Report.Of(
                $"telemetry: unary checks of one unknown token, {UnaryChecks.Callers} callers",
                [
                    .. Lines(rounds),
                    Measurement.Of("sending the metrics once: processor", "ms", sending),
                    Measurement.Once(
                        "the same each minute, of one core",
                        "share",
                        sending.Average() / ExportInterval.TotalMilliseconds
                    ),
                    Measurement.Once("sent to the collector", "MB", collector.Bytes / 1e6),
                ]
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Sending(MeterProvider metrics)
    {
        var before = Environment.CpuUsage.TotalTime;
        metrics.ForceFlush();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static IEnumerable<Measurement> Lines(
        List<List<(double PerSecond, double P99, double Microseconds)>> rounds
    )
    {
        var off = rounds[0];
        foreach (var (place, ratio) in Ratios.Index())
        {
            var (name, on) = (ratio is null ? "off" : $"metrics and {ratio:0.##%} of traces", rounds[place]);
            yield return Measurement.Of(name, "1/s", on.Select(it => it.PerSecond));
            yield return Measurement.Of($"{name}: 99 % below", "ms", on.Select(it => it.P99));
            yield return Measurement.Of(
                $"{name}: processor, client and server",
                "us",
                on.Select(it => it.Microseconds)
            );
            if (ratio is not null)
            {
                yield return Measurement.Once(
                    $"{name}: throughput, of that without, all rounds",
                    "ratio",
                    off.Sum(it => 1 / it.PerSecond) / on.Sum(it => 1 / it.PerSecond)
                );
                yield return Measurement.Of(
                    $"{name}: checks a processor second, of those without",
                    "ratio",
                    off.Zip(on, (without, with) => without.Microseconds / with.Microseconds)
                );
            }
        }
    }

    private static CompositeTelemetry Telemetry(Uri collector, double ratio) =>
        new(
            Sdk.CreateMeterProviderBuilder()
                .AddExchangeMetrics()
                .AddOtlpExporter(
                    (exporter, reader) =>
                    {
                        Send(exporter, collector, "metrics");
                        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)
                            ExportInterval.TotalMilliseconds;
                    }
                )
                .Build(),
            Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.Configure<TelemetryOptions>(it => it.TraceRatio = ratio))
                .AddExchangeTraces()
                .AddOtlpExporter(exporter => Send(exporter, collector, "traces"))
                .Build()
        );

    private static void Send(OtlpExporterOptions exporter, Uri collector, string signal) =>
        (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(collector, $"/v1/{signal}"));

    private sealed record CompositeTelemetry(MeterProvider Metrics, TracerProvider Traces) : IDisposable
    {
        public void Dispose()
        {
            Metrics.Dispose();
            Traces.Dispose();
        }
    }
}
