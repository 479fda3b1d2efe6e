using Orleans.Concurrency;
using Orleans.Services;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>Where silos ask whether a token was used: at the silo that is responsible for it. The runtime finds it by its full name: never rename it.</summary>
[Alias("signalexchange.replays")]
internal interface IReplayService : IGrainService
{
    /// <summary>Takes note of tokens, each as <see cref="IReplayGuard.Use"/> does.</summary>
    [Alias("Use")]
    Task<Immutable<ErrorReason[]>> Use(Immutable<TokenUse[]> uses);
}
