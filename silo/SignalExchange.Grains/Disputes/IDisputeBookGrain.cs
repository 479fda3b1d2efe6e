using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Disputes;

/// <summary>Every dispute: one grain, key 0. It calls no other grain; whoever calls it then marks the signal as the reply says.</summary>
[Alias("signalexchange.disputes")]
public interface IDisputeBookGrain : IGrainWithIntegerKey
{
    /// <summary>Raises a dispute. Durable when it returns. Idempotent by member and signal while it is not settled.</summary>
    [Alias("Raise")]
    Task<DisputeReply> Raise(RaiseCommand command);

    /// <summary>The owner stands by the signal. Durable when it returns. Idempotent.</summary>
    [Alias("Uphold")]
    Task<DisputeReply> Uphold(byte[] disputeId, string member);

    /// <summary>Finds a dispute whose owner wants to withdraw the signal.</summary>
    [Alias("ForWithdrawal")]
    Task<DisputeReply> ForWithdrawal(byte[] disputeId, string member);

    /// <summary>Ends a dispute: by the member that raised it, or by an operator where none is named. Durable when it returns. Idempotent.</summary>
    [Alias("Close")]
    Task<DisputeReply> Close(byte[] disputeId, string? member);

    /// <summary>Takes note that a disputed signal was withdrawn.</summary>
    /// <returns>Why not; null when it is noted.</returns>
    [Alias("Withdrawn")]
    Task<ItemError?> Withdrawn(byte[] signalId);

    /// <summary>Takes note that the owner says a signal again that it withdrew. Durable when it returns. Idempotent.</summary>
    /// <param name="signalId">Which signal, 16 bytes.</param>
    /// <param name="token">Where it is now, 32 bytes.</param>
    [Alias("Returned")]
    Task<ReturnReply> Returned(byte[] signalId, byte[] token);

    /// <summary>Takes note that a disputed signal's indicator has another name.</summary>
    /// <returns>Why not; null when it is noted.</returns>
    [Alias("Moved")]
    Task<ItemError?> Moved(byte[] signalId, byte[] token);

    /// <summary>Returns what must stand on a signal now.</summary>
    [Alias("MarkOf")]
    Task<DisputeMark> MarkOf(byte[] signalId);

    /// <summary>Returns every dispute, with both members, oldest first.</summary>
    [Alias("List")]
    Task<Dispute[]> List();
}
