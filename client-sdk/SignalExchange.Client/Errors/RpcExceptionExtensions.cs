using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Errors;

/// <summary>Reads the exchange's reasons out of gRPC statuses.</summary>
internal static class RpcExceptionExtensions
{
    /// <summary>Returns the exception that callers of the SDK get.</summary>
    public static SignalExchangeException ToSignalExchangeException(this RpcException failure)
    {
        var info = failure.GetRpcStatus()?.GetDetail<ErrorInfo>();
        return new(failure.StatusCode, RefusalOf(info), info?.Metadata.GetValueOrDefault("trace"), failure);
    }

    /// <summary>Returns the exchange's reason; unspecified when there is none.</summary>
    public static ErrorReason ReasonOf(this RpcException failure) =>
        RefusalOf(failure.GetRpcStatus()?.GetDetail<ErrorInfo>())?.Reason ?? ErrorReason.Unspecified;

    private static Refusal? RefusalOf(ErrorInfo? info)
    {
        if (info is null || info.Domain != ErrorCatalog.Domain)
        {
            return null;
        }

        var reason = ErrorReasonNames.Parse(info.Reason);
        return reason == ErrorReason.Unspecified
            ? null
            : new Refusal(
                reason,
                info.Metadata.GetValueOrDefault("field") ?? "",
                NumberOf(info, "limit"),
                NumberOf(info, "actual")
            );
    }

    private static long? NumberOf(ErrorInfo info, string key) =>
        info.Metadata.TryGetValue(key, out var text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
