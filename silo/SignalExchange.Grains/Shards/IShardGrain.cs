namespace SignalExchange.Grains.Shards;

/// <summary>One shard: the only writer of its log. Its key is the shard's number.</summary>
[Alias("signalexchange.shard")]
public interface IShardGrain : IGrainWithIntegerKey
{
    /// <summary>Writes one indicator's new state, together with what others write at the same time. Durable when it returns.</summary>
    [Alias("Write")]
    Task<ShardWriteResult> Write(ShardWrite write);

    /// <summary>Makes sure that the shard has a writer.</summary>
    [Alias("Open")]
    Task Open();
}
