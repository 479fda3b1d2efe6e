using System.Globalization;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Load;
using Limits = SignalExchange.Contracts.Limits;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Records calls that the gRPC framework refused by itself, before any interceptor saw them, and gives their refusals a reason.</summary>
/// <remarks>
/// A request that is too large, too slow, cut short or no protobuf: the framework ends such calls while it reads the message. Its trailers are not sent before the pipeline ends, so they can still be put right here.
/// </remarks>
internal sealed class UnreachedCalls(RequestDelegate next, CallRecorder recorder)
{
    private const string StatusName = "grpc-status";

    /// <summary>Lets a call pass, and looks at how it ended.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (
            http.Features.Get<RecordedCall>() is null
            && RecordedMethods.Contains(http.Request.Path.Value ?? "/")
            && Trailers(http) is { } trailers
            && int.TryParse(trailers[StatusName], CultureInfo.InvariantCulture, out var code)
            && (http.Features.Get<BoundedBody>()?.Refused ?? Reason((StatusCode)code)) is { } refusal
        )
        {
            var told = await recorder.WriteRefusal(http, refusal);
            GrpcRefusalWriter.Set(trailers, told, told.Reason == ErrorReason.Overloaded ? CallGate.Retry : null);
        }
    }

    // Null where the answer has gone, or is no answer of gRPC.
    private static IHeaderDictionary? Trailers(HttpContext http) =>
        http.Response.Headers.ContainsKey(StatusName)
            ? http.Response.HasStarted
                ? null
                : http.Response.Headers
            : http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers
                is { IsReadOnly: false } trailers
            && trailers.ContainsKey(StatusName)
                ? trailers
                : null;

    /// <summary>Returns why the framework ended a call while it read a message; null for a status that says something else.</summary>
    public static Refusal? Reason(StatusCode code) =>
        code switch
        {
            StatusCode.ResourceExhausted => new Refusal(ErrorReason.MessageTooLarge, Limit: Limits.MaxMessageBytes),
            StatusCode.Unimplemented or StatusCode.Internal or StatusCode.Unknown or StatusCode.InvalidArgument =>
                new Refusal(ErrorReason.MessageMalformed),
            _ => null,
        };
}
