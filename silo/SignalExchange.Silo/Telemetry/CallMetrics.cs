using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Telemetry;

/// <summary>How calls go, on the meter <see cref="MeterName"/>, by OpenTelemetry's conventions for RPC.</summary>
/// <remarks>
/// <c>rpc.server.call.duration</c> by <c>rpc.method</c>, <c>rpc.response.status_code</c> and, of failures, <c>error.type</c>: the contract's reason
/// where there is one. A stream's duration is its whole life; its batches are in <c>signalexchange.batch.duration</c>.
/// </remarks>
internal sealed class CallMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Calls";

    /// <summary>What is called a method that this exchange does not have; its name may hold anything.</summary>
    public const string UnknownMethod = "_OTHER";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
        [
            0.001,
            0.0025,
            0.005,
            0.0075,
            0.01,
            0.025,
            0.05,
            0.075,
            0.1,
            0.25,
            0.5,
            0.75,
            1,
            2.5,
            5,
            7.5,
            10,
        ],
    };

    private static readonly ConcurrentDictionary<StatusCode, string> StatusNames = new();

    private readonly Histogram<double> _durations;

    /// <summary>Creates the instrument.</summary>
    public CallMetrics(IMeterFactory meters) =>
        _durations = meters
            .Create(MeterName)
            .CreateHistogram(
                "rpc.server.call.duration",
                "s",
                "How long calls took, from their headers to their trailers.",
                tags: null,
                Durations
            );

    /// <summary>Gets whether anybody wants to know.</summary>
    public bool IsEnabled => _durations.Enabled;

    /// <summary>Records a call that has ended, also on the span of it.</summary>
    /// <param name="method">The method without its leading slash, or <see cref="UnknownMethod"/>.</param>
    /// <param name="status">Its status.</param>
    /// <param name="reason">Why it failed; unspecified when it did not, or no reason was given.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="span">Its span; null for none.</param>
    public void Record(string method, StatusCode status, ErrorReason reason, TimeSpan duration, Activity? span)
    {
        var statusName = NameOf(status);
        var tags = new TagList
        {
            { "rpc.system.name", "grpc" },
            { "rpc.method", method },
            { "rpc.response.status_code", statusName },
        };
        if (status is not StatusCode.OK)
        {
            tags.Add("error.type", reason == ErrorReason.Unspecified ? statusName : ErrorCatalog.NameOf(reason));
        }

        _durations.Record(duration.TotalSeconds, tags);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, method, status, tags);
        }
    }

    private static void Describe(Activity span, string method, StatusCode status, in TagList tags)
    {
        span.DisplayName = method;
        foreach (var (key, value) in tags)
        {
            span.SetTag(key, value);
        }

        // The conventions' list of what is the server's fault; the rest is the caller's.
        if (
            status
            is StatusCode.Unknown
                or StatusCode.DeadlineExceeded
                or StatusCode.Unimplemented
                or StatusCode.Internal
                or StatusCode.Unavailable
                or StatusCode.DataLoss
        )
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // The conventions spell statuses as the gRPC specification does: RESOURCE_EXHAUSTED.
    private static string NameOf(StatusCode status) =>
        StatusNames.GetOrAdd(
            status,
            static code =>
                string.Concat(
                        code.ToString()
                            .Select((letter, place) => place > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")
                    )
                    .ToUpperInvariant()
                    .Replace("O_K", "OK", StringComparison.Ordinal)
        );
}
