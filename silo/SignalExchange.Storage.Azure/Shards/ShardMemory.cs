using SignalExchange.Contracts;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>What this process remembers of the rows' ETags. Only hints: the service has the last word.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class ShardMemory(int shards)
{
    private readonly ShardHead?[] _heads = new ShardHead?[shards];

    /// <summary>Gets the indicators' versions.</summary>
    public RowVersions Versions { get; } = new();

    /// <summary>Returns the head that was seen last; null when none was.</summary>
    public ShardHead? Head(Shard shard) => Volatile.Read(ref _heads[shard.Number]);

    /// <summary>Remembers a head.</summary>
    public void Set(Shard shard, ShardHead head) => Volatile.Write(ref _heads[shard.Number], head);

    /// <summary>Returns the remembered ETag of a row at a version; null when another one, or none, is remembered.</summary>
    public RowVersion? Version(Token token, long version) =>
        Versions.TryGet(token, out var remembered) && remembered.Version == version ? remembered : null;
}
