using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Errors;

/// <summary>The reasons that pass by themselves: the exchange was busy, away or starting, and nothing was wrong with the request.</summary>
internal static class TransientReasons
{
    /// <summary>Whether the same request may succeed a little later.</summary>
    public static bool Contains(ErrorReason reason) =>
        reason
            is ErrorReason.PositionNotReached
                or ErrorReason.StorageUnavailable
                or ErrorReason.NotReady
                or ErrorReason.CredentialsBeforeStart
                or ErrorReason.WriteConflict
                or ErrorReason.LogUnavailable
                or ErrorReason.LogBusy
                or ErrorReason.ProofNotYet
                or ErrorReason.SearchBehind
                or ErrorReason.WriteQueueFull
                or ErrorReason.EvaluateQueueFull
                or ErrorReason.BurstLimit
                or ErrorReason.Overloaded
                or ErrorReason.TooManyStreams;
}
