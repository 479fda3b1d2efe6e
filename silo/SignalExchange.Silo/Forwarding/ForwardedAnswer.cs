using Grpc.Core;

namespace SignalExchange.Silo.Forwarding;

/// <summary>What came of a call at another silo.</summary>
/// <param name="Message">The answer's bytes; null when it was refused, or at the end of a stream.</param>
/// <param name="StatusCode">gRPC's status.</param>
/// <param name="Detail">Its words.</param>
/// <param name="RichStatus">The google.rpc.Status that came with it; null for none.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.forwarded-answer")]
internal sealed record ForwardedAnswer(
    [property: Id(0)] byte[]? Message,
    [property: Id(1)] int StatusCode,
    [property: Id(2)] string Detail,
    [property: Id(3)] byte[]? RichStatus
)
{
    private const string RichStatusKey = "grpc-status-details-bin";

    /// <summary>Makes that of a call that succeeded.</summary>
    /// <param name="message">The answer; null at the end of a stream.</param>
    public static ForwardedAnswer Ok(byte[]? message) => new(message, (int)Grpc.Core.StatusCode.OK, "", null);

    /// <summary>Makes that of a call that was refused.</summary>
    public static ForwardedAnswer Of(RpcException refusal) =>
        new(
            null,
            (int)refusal.StatusCode,
            refusal.Status.Detail,
            refusal.Trailers.FirstOrDefault(entry => entry.Key == RichStatusKey)?.ValueBytes
        );

    /// <summary>Throws what the call was refused with, as if it had been made here.</summary>
    /// <exception cref="RpcException">It was.</exception>
    public void ThrowIfRefused()
    {
        if (StatusCode != (int)Grpc.Core.StatusCode.OK)
        {
            Metadata trailers = RichStatus is null ? [] : new() { { RichStatusKey, RichStatus } };
            throw new RpcException(new Status((StatusCode)StatusCode, Detail), trailers);
        }
    }
}
