using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Errors;

/// <summary>Reads the exchange's reasons out of gRPC statuses.</summary>
internal static class RpcExceptionExtensions
{
    // A server that says "now" must not be asked in a tight loop.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns the exception that callers of the SDK get.</summary>
    public static SignalExchangeException ToSignalExchangeException(this RpcException failure)
    {
        var info = DetailsOf(failure)?.GetDetail<ErrorInfo>();
        return new(failure.StatusCode, RefusalOf(info), info?.Metadata.GetValueOrDefault("trace"), failure);
    }

    /// <summary>Returns how long the exchange asks to wait before the same call is made again; null when it does not say.</summary>
    public static TimeSpan? RetryDelay(this RpcException failure)
    {
        var stated = DetailsOf(failure)?.GetDetail<RetryInfo>()?.RetryDelay;
        return stated is null ? null : Max(stated.ToTimeSpan(), ShortestDelay);
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    // Details that cannot be parsed are no reason to lose the status itself.
    private static Google.Rpc.Status? DetailsOf(RpcException failure) =>
        failure.Trailers.GetRpcStatus(ignoreParseError: true);

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
