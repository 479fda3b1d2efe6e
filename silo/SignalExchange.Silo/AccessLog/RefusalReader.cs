using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Reads why a call failed from the status that its caller gets.</summary>
internal static class RefusalReader
{
    /// <summary>Returns the reason; unspecified for a status without one, as of a caller that went away.</summary>
    public static ErrorReason ReasonOf(RpcException failure) =>
        failure.GetRpcStatus()?.GetDetail<ErrorInfo>() is { } info
            ? ErrorReasonNames.Parse(info.Reason)
            : ErrorReason.Unspecified;
}
