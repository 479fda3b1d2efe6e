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

    /// <summary>Gets a second user of the same grain states. The same one, where an engine admits no second.</summary>
    IGrainStateStore RivalGrainStates => GrainStates;

    /// <summary>Has the storage say that a newer version wrote it.</summary>
    Task MakeNewerAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("The storage of this engine's tests does not know how to look newer.");

    /// <summary>Closes the storage and opens it again; the ports are new ones afterwards.</summary>
    Task ReopenAsync(CancellationToken cancellationToken);
}
