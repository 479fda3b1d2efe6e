using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Storage.Sqlite;

/// <summary>Settings of the embedded storage.</summary>
/// <remarks>Read once, when the storage is opened.</remarks>
public sealed class SqliteStorageOptions
{
    /// <summary>Gets or sets the folder that holds the database, its write-ahead log and the lock.</summary>
    /// <value>A path, absolute or relative to the working directory. Made if it is not there. There is no default.</value>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>Gets or sets the number of shards. Fixed when the database is made; another number is then refused.</summary>
    /// <value>A power of two. From 2 to 4,096. The default is 256.</value>
    [Range(2, 4096)]
    public int ShardCount { get; set; } = ShardMap.DefaultCount;

    /// <summary>Gets or sets how many writes may wait; one more gets <see cref="WriteQueueFullException"/>.</summary>
    /// <value>From 1 to 1,000,000. The default is 4,096.</value>
    [Range(1, 1_000_000)]
    public int MaxQueuedCommits { get; set; } = 4096;

    /// <summary>Gets or sets how many waiting writes share one transaction, and so one wait for the disk, at most.</summary>
    /// <value>From 1 to 10,000. The default is 256: about 20 milliseconds for the last of them.</value>
    [Range(1, 10_000)]
    public int MaxCommitsPerTransaction { get; set; } = 256;

    /// <summary>Gets or sets how many reads run at a time; more wait.</summary>
    /// <value>From 1 to 64. The default is 8.</value>
    [Range(1, 64)]
    public int MaxReaders { get; set; } = 8;

    /// <summary>Gets or sets the size that the database file may reach; beyond it writes fail until there is room again.</summary>
    /// <value>From 1,048,576 to 17,592,186,036,224 bytes; the write-ahead log comes on top. The default is null: no limit.</value>
    [Range(1_048_576, 17_592_186_036_224)]
    public long? MaxDatabaseBytes { get; set; }
}
