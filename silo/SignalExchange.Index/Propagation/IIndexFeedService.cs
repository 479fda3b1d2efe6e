using Orleans.Concurrency;
using Orleans.Services;

namespace SignalExchange.Index.Propagation;

/// <summary>Where the other silos bring this one their shards' commits. One on every silo. The runtime finds it by its full name: never rename it.</summary>
[Alias("signalexchange.index-feed")]
public interface IIndexFeedService : IGrainService
{
    /// <summary>Takes commits of the caller's shards. Harmless when they come late, twice or out of order, or never.</summary>
    [Alias("Deliver")]
    Task Deliver(Immutable<CommittedRow[]> rows);

    /// <summary>Returns where the shards stand whose writers are here: everything that they acknowledged before this was called is within.</summary>
    /// <returns>None while this silo cannot tell whether it still is a member.</returns>
    [Alias("Heads")]
    Task<Immutable<OwnedHead[]>> Heads();
}
