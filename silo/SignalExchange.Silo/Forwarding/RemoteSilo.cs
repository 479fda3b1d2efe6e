using Grpc.Core;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Asks another silo, and says what went wrong in a caller's terms.</summary>
internal static class RemoteSilo
{
    /// <summary>Asks.</summary>
    /// <exception cref="RpcException">It does not answer, or the caller gave up.</exception>
    public static async Task<T> Ask<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The page was left."));
        }
        // Whatever the runtime could not bring there or back: the silo is gone, or going.
        catch (Exception failure) when (failure is not RpcException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "That silo does not answer.", failure));
        }
    }
}
