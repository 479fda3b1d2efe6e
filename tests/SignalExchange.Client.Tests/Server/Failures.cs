using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Server;

/// <summary>Failures as the exchange writes them.</summary>
internal static class Failures
{
    public static RpcException Of(ErrorReason reason) => Of(new Refusal(reason));

    public static RpcException Of(Refusal refusal, string? trace = null, TimeSpan? retryDelay = null)
    {
        var info = new ErrorInfo { Domain = ErrorCatalog.Domain, Reason = ErrorCatalog.NameOf(refusal.Reason) };
        Add(info, "field", refusal.Field.Length == 0 ? null : refusal.Field);
        Add(info, "limit", refusal.Limit?.ToString(CultureInfo.InvariantCulture));
        Add(info, "actual", refusal.Actual?.ToString(CultureInfo.InvariantCulture));
        Add(info, "trace", trace);
        var status = new Google.Rpc.Status
        {
            Code = (int)ErrorCatalog.CodeOf(refusal.Reason),
            Message = refusal.ToString(),
            Details = { Any.Pack(info) },
        };
        if (retryDelay is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = delay.ToDuration() }));
        }

        return status.ToRpcException();
    }

    /// <summary>Returns a failure without a reason, as proxies and broken connections make them.</summary>
    public static RpcException Bare(StatusCode code) => new(new Grpc.Core.Status(code, "bare"));

    private static void Add(ErrorInfo info, string key, string? value)
    {
        if (value is not null)
        {
            info.Metadata.Add(key, value);
        }
    }
}
