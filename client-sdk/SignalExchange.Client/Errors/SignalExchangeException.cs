using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Errors;

/// <summary>A call failed as a whole. What became of a single item of a batch is a value instead.</summary>
public sealed class SignalExchangeException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SignalExchangeException()
        : this("The call to the exchange failed.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened; no content.</param>
    public SignalExchangeException(string message)
        : base(message) => StatusCode = StatusCode.Unknown;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened; no content.</param>
    /// <param name="innerException">What the transport reported.</param>
    public SignalExchangeException(string message, Exception innerException)
        : base(message, innerException) => StatusCode = StatusCode.Unknown;

    /// <summary>Creates the exception.</summary>
    /// <param name="statusCode">The gRPC status.</param>
    /// <param name="refusal">The exchange's reason; null when it gave none.</param>
    /// <param name="trace">What to quote to the operators; null when there is none.</param>
    /// <param name="innerException">What the transport reported.</param>
    public SignalExchangeException(StatusCode statusCode, Refusal? refusal, string? trace, Exception? innerException)
        : base(Describe(statusCode, refusal, trace, innerException), innerException)
    {
        StatusCode = statusCode;
        Refusal = refusal;
        Trace = trace;
    }

    /// <summary>Gets the gRPC status.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>Gets the exchange's reason with field and numbers; null when it gave none, as when it was not reached.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Gets the reason; <see cref="ErrorReason.Unspecified"/> when there is none, or a newer one than this version knows.</summary>
    public ErrorReason Reason => Refusal?.Reason ?? ErrorReason.Unspecified;

    /// <summary>Gets what to quote to the exchange's operators; null when there is none.</summary>
    public string? Trace { get; }

    private static string Describe(StatusCode code, Refusal? refusal, string? trace, Exception? inner)
    {
        var what = refusal is { } known
            ? $"{ErrorCatalog.NameOf(known.Reason)}: {known}"
            : (inner as RpcException)?.Status.Detail ?? "The exchange gave no reason.";
        return trace is null ? $"{code}: {what}" : $"{code}: {what} Trace {trace}.";
    }
}
