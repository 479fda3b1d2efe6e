using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Shards;

/// <summary>One shard: the only writer of its log. Its key is the shard's number.</summary>
[Alias("signalexchange.shard")]
public interface IShardGrain : IGrainWithIntegerKey
{
    /// <summary>Writes one indicator's new state, together with what others write at the same time. Durable when it returns.</summary>
    [Alias("Write")]
    Task<ShardWriteResult> Write(ShardWrite write);

    /// <summary>
    /// Submits the first signal on indicators that nobody has reported yet, each independently of its neighbours and without
    /// activating its grain. Durable when it returns.
    /// </summary>
    /// <param name="indicators">Indicators of this shard; one that is stored after all gets WRITE_CONFLICT: ask its grain.</param>
    /// <returns>The answers, in the same order.</returns>
    [Alias("SubmitNew")]
    Task<SubmitResult[]> SubmitNew(NewIndicator[] indicators);

    /// <summary>Makes sure that the shard has a writer.</summary>
    [Alias("Open")]
    Task Open();
}
