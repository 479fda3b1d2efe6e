using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>What a refused call said.</summary>
internal static class RpcErrors
{
    /// <summary>Makes a call that must be refused.</summary>
    /// <returns>The reason and the details.</returns>
    public static async Task<(ErrorReason Reason, StatusCode Code, ErrorInfo Info)> Of(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        var status = failure.GetRpcStatus();
        Assert.NotNull(status);
        var info = status.GetDetail<ErrorInfo>();
        Assert.NotNull(info);
        Assert.Equal(ErrorCatalog.Domain, info.Domain);
        return (ErrorReasonNames.Parse(info.Reason), failure.StatusCode, info);
    }

    public static async Task<ErrorReason> ReasonOf(Func<Task> call) => (await Of(call)).Reason;
}
