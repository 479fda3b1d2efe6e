using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Storage.Sqlite;

/// <summary>Where the embedded engine keeps its file, and what it bounds.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>Gets or sets the folder of the database; created if absent, readable by its owner only.</summary>
    /// <value>A path. The default is <c>data</c>, below the working folder.</value>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Gets or sets the number of shards that a new database is made with; an existing one must have the same.</summary>
    /// <value>A power of two from 2 to 4096. The default is 256.</value>
    [Range(2, 4096)]
    public int ShardCount { get; set; } = ShardMap.DefaultCount;

    /// <summary>Gets or sets how many writes may wait for the disk; one more is refused.</summary>
    /// <value>From 1 to 1000000. The default is 4096.</value>
    [Range(1, 1_000_000)]
    public int MaxQueuedWrites { get; set; } = 4096;

    /// <summary>Gets or sets how many writes go into one transaction of the database.</summary>
    /// <value>From 1 to 10000. The default is 512.</value>
    [Range(1, 10_000)]
    public int MaxWritesPerTransaction { get; set; } = 512;

    /// <summary>Gets or sets how many connections read at the same time.</summary>
    /// <value>From 1 to 64. The default is 4.</value>
    [Range(1, 64)]
    public int MaxReaders { get; set; } = 4;

    /// <summary>Gets or sets how large the database may grow, in bytes; a write beyond it fails as on a full disk.</summary>
    /// <value>From 1048576 to 281474976710656; null for no limit but the disk's. The default is null.</value>
    [Range(1_048_576, 281_474_976_710_656)]
    public long? MaxDatabaseBytes { get; set; }
}
