using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Storage;

/// <summary>A state could not be written; carries the reason that callers get.</summary>
/// <remarks>
/// An <see cref="OrleansException"/>, because the runtime wraps others in one whose message names the grain, and so the token.
/// </remarks>
[GenerateSerializer]
[Alias("signalexchange.state-write-exception")]
public sealed class StateWriteException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    public StateWriteException()
        : this(ErrorReason.Internal, leavesStateUnknown: true) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public StateWriteException(string message)
        : base(message) => Reason = ErrorReason.Internal;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public StateWriteException(string message, Exception innerException)
        : base(message, innerException) => Reason = ErrorReason.Internal;

    /// <summary>Creates the exception.</summary>
    /// <param name="reason">What callers are told.</param>
    /// <param name="leavesStateUnknown">Whether the stored state may be another than the one in memory before the write.</param>
    public StateWriteException(ErrorReason reason, bool leavesStateUnknown)
        : base($"The state was not written: {reason}.")
    {
        Reason = reason;
        LeavesStateUnknown = leavesStateUnknown;
    }

    /// <summary>Gets what callers are told.</summary>
    [Id(0)]
    public ErrorReason Reason { get; private set; }

    /// <summary>Gets whether the stored state may be another than the one in memory before the write.</summary>
    [Id(1)]
    public bool LeavesStateUnknown { get; private set; }
}
