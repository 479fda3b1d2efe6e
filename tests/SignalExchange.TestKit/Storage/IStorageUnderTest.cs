using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>An engine with storage of its own, empty at first, for one test. Disposing removes the storage.</summary>
public interface IStorageUnderTest : IAsyncDisposable
{
    /// <summary>Gets the shards' port.</summary>
    IShardStore Shards { get; }

    /// <summary>Gets the grain states' port.</summary>
    IGrainStateStore GrainStates { get; }

    /// <summary>Gets a second user of the same storage. The same one, where an engine admits no second.</summary>
    IShardStore Rival => Shards;

    /// <summary>Closes the storage and opens it again; the ports are new ones afterwards.</summary>
    Task ReopenAsync(CancellationToken cancellationToken);
}
