using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Index;

/// <summary>How the index is built, repaired and swept.</summary>
public sealed class IndexOptions
{
    /// <summary>Gets or sets how many shards are read at a time while the index is built.</summary>
    /// <value>From 1 to 64. The default is 8.</value>
    [Range(1, 64)]
    public int BuildParallelism { get; set; } = 8;

    /// <summary>Gets or sets how long to wait after a failed repair before the next.</summary>
    /// <value>From 10 milliseconds to 1 minute. The default is 500 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RepairRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets how often the storage is asked where each shard stands.</summary>
    /// <value>From 100 milliseconds to 1 minute. The default is 500 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HeadInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Gets or sets how often each shard is asked for at the storage though its writer says where it stands, where each is a request of its own.
    /// </summary>
    /// <value>From 1 second to 1 hour, and no less than <see cref="HeadInterval"/>. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HeadSweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how old the proof may be that a shard has nothing that the index lacks, where other silos write as well.</summary>
    /// <value>From 500 milliseconds to 1 minute, and no less than twice <see cref="HeadInterval"/>. The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")]
    public TimeSpan FreshnessLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how long commits wait for company on their way to other silos.</summary>
    /// <value>From 0 to 1 second. The default is 10 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan PublishInterval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets or sets how many log rows may wait for another silo; it reads from the log what is dropped beyond that.</summary>
    /// <value>From 16 to 1000000. The default is 8192.</value>
    [Range(16, 1_000_000)]
    public int MaxWaitingRows { get; set; } = 8192;

    /// <summary>Gets or sets how many bytes of rows are brought to another silo at once, one row more at most.</summary>
    /// <value>From 1024 to 67108864. The default is 1048576.</value>
    [Range(1_024, 67_108_864)]
    public int MaxBatchBytes { get; set; } = 1_048_576;

    /// <summary>Gets or sets how often a snapshot is written, if there is anything new. One more is written when the silo stops.</summary>
    /// <value>From 1 minute to 1 day. The default is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how often indicators that have ended are removed. They answer no check before, either.</summary>
    /// <value>From 1 minute to 1 day. The default is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets for how long an indicator that has ended is kept, lest a clock that is fast take live ones out.</summary>
    /// <value>From zero to 30 days. The default is 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SweepGrace { get; set; } = TimeSpan.FromDays(1);
}
