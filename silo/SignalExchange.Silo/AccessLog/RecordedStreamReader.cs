using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Reads a stream's messages. One that cannot be read is refused with a reason, and recorded before its caller is told.</summary>
/// <remarks>As <see cref="UnreachedCalls"/> does for calls of one message: what the framework refuses here, no handler ever sees.</remarks>
/// <param name="inner">Reads.</param>
/// <param name="record">Writes the entry of a refusal.</param>
internal sealed class RecordedStreamReader<T>(IAsyncStreamReader<T> inner, Func<RpcException, Task> record)
    : IAsyncStreamReader<T>
{
    /// <inheritdoc/>
    public T Current => inner.Current;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await inner.MoveNext(cancellationToken);
        }
        catch (RpcException refused) when (RefusalReader.ReasonOf(refused) != ErrorReason.Unspecified)
        {
            await record(refused);
            throw;
        }
        catch (Exception failure) when (Refused(failure) is { } refused)
        {
            throw await Recorded(refused);
        }
    }

    private async Task<RpcException> Recorded(RpcException refused)
    {
        await record(refused);
        return refused;
    }

    // Null for a caller that went away: it sent nothing that could be refused.
    private static RpcException? Refused(Exception failure) =>
        failure switch
        {
            RpcException unread => UnreachedCalls.Reason(unread.StatusCode)?.ToRpcException(),
            // Both derive from IOException, which is also how a caller that is gone shows.
            InvalidProtocolBufferException or BadHttpRequestException => new Refusal(
                ErrorReason.MessageMalformed
            ).ToRpcException(),
            _ => null,
        };
}
