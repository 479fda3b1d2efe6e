namespace SignalExchange.Storage;

/// <summary>Tells how the storage of shards does, to whoever watches. An engine registers its store under this port, too.</summary>
public interface IStorageHealth
{
    /// <summary>Gets how it does now, as this process knows it: nothing is asked for over a network. Safe from any thread, and while it is closed.</summary>
    StorageStanding Standing { get; }
}
