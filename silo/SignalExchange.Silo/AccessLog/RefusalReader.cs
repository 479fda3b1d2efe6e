using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Reads why a call failed from the status that its caller gets.</summary>
internal static class RefusalReader
{
    /// <summary>The header or trailer in which gRPC sends the details of a status.</summary>
    public const string DetailsName = "grpc-status-details-bin";

    /// <summary>Returns the reason; unspecified for a status without one, as of a caller that went away.</summary>
    public static ErrorReason ReasonOf(RpcException failure) =>
        failure.GetRpcStatus()?.GetDetail<ErrorInfo>() is { } info
            ? ErrorReasonNames.Parse(info.Reason)
            : ErrorReason.Unspecified;

    /// <summary>Returns the reason in what stands under <see cref="DetailsName"/>; unspecified when nothing does.</summary>
    public static ErrorReason ReasonOf(string? details)
    {
        if (string.IsNullOrEmpty(details))
        {
            return ErrorReason.Unspecified;
        }

        // Binary metadata may come without its padding.
        var bytes = Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='));
        return Google.Rpc.Status.Parser.ParseFrom(bytes).GetDetail<ErrorInfo>() is { } info
            ? ErrorReasonNames.Parse(info.Reason)
            : ErrorReason.Unspecified;
    }
}
