using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Grains.Shards;

/// <summary>How shards group and bound their writes.</summary>
public sealed class ShardOptions
{
    /// <summary>Gets or sets the most changes in one transaction.</summary>
    /// <value>From 1 to 1000. The default is 98: with head and log row, 100 operations, the most of an Azure Tables transaction.</value>
    [Range(1, 1000)]
    public int MaxChangesPerCommit { get; set; } = 98;

    /// <summary>Gets or sets how many writes may wait in one shard; one more is refused with WRITE_QUEUE_FULL.</summary>
    /// <value>From 1 to 100000. The default is 2048.</value>
    [Range(1, 100_000)]
    public int MaxWaitingWrites { get; set; } = 2048;

    /// <summary>Gets or sets how often a silo looks whether the shards whose home it is have their writers here. Membership changes do not wait for it.</summary>
    /// <value>From 1 second to 10 minutes. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepInterval { get; set; } = TimeSpan.FromSeconds(10);
}
