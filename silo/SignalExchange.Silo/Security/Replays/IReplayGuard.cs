using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>Sees to it that no token is accepted twice, on whichever silos it is shown.</summary>
internal interface IReplayGuard
{
    /// <summary>Takes note of a token whose signature and times are right.</summary>
    /// <returns><see cref="ErrorReason.Unspecified"/> for its first use; else why it is refused.</returns>
    ValueTask<ErrorReason> Use(TokenUse use);

    /// <summary>Gets whether this silo takes tokens.</summary>
    bool IsReady { get; }
}
