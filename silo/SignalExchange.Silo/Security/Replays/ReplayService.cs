using Orleans.Concurrency;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>Answers other silos for the tokens that this one is responsible for.</summary>
internal sealed class ReplayService(
    GrainId id,
    global::Orleans.Runtime.Silo silo,
    ILoggerFactory loggers,
    OwnedReplays owned
) : GrainService(id, silo, loggers), IReplayService
{
    public Task<Immutable<ErrorReason[]>> Use(Immutable<TokenUse[]> uses) =>
        Task.FromResult(Array.ConvertAll(uses.Value, owned.Use).AsImmutable());
}
