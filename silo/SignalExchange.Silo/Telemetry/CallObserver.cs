using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;

namespace SignalExchange.Silo.Telemetry;

/// <summary>Times every call of gRPC, the refused ones too, from outside all that can refuse it.</summary>
internal sealed class CallObserver(RequestDelegate next, CallMetrics metrics, TimeProvider clock)
{
    private const string StatusName = "grpc-status";

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);

    /// <summary>Lets a call pass, and records how it ended.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (!metrics.IsEnabled && Activity.Current is not { IsAllDataRequested: true })
        {
            await next(http);
            return;
        }

        var (begun, span) = (clock.GetTimestamp(), Activity.Current);
        try
        {
            await next(http);
        }
        finally
        {
            var (status, reason) = OutcomeOf(http);
            metrics.Record(MethodOf(http), status, reason, clock.GetElapsedTime(begun), span);
        }
    }

    private static string MethodOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method is { } method
            ? Names.GetOrAdd(method.FullName, static name => name.TrimStart('/'))
            : CallMetrics.UnknownMethod;

    // A refusal before the handler has its status in the headers, everything else in the trailers; who went away has neither.
    private static (StatusCode Status, ErrorReason Reason) OutcomeOf(HttpContext http)
    {
        var headers = http.Response.Headers.ContainsKey(StatusName)
            ? http.Response.Headers
            : http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        return headers is not null && int.TryParse(headers[StatusName], CultureInfo.InvariantCulture, out var code)
            ? (
                (StatusCode)code,
                code == 0 ? ErrorReason.Unspecified : RefusalReader.ReasonOf(headers[RefusalReader.DetailsName])
            )
            : (http.RequestAborted.IsCancellationRequested ? StatusCode.Cancelled : StatusCode.Unknown, default);
    }
}
