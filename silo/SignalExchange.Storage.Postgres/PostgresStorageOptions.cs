using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Storage.Postgres;

/// <summary>Settings of the storage on PostgreSQL.</summary>
/// <remarks>Read once, when the storage is opened. The connection string may hold a password: nothing logs it or repeats it.</remarks>
public sealed class PostgresStorageOptions
{
    /// <summary>Gets or sets where the database is and who logs in, as Npgsql reads it.</summary>
    /// <value>
    /// For instance <c>Host=db.example;Database=exchange;Username=exchange;SSL Mode=VerifyFull</c>. TLS is required beyond
    /// loopback. There is no default: this one or <see cref="ConnectionStringFile"/> is set.
    /// </value>
    public string? ConnectionString { get; set; }

    /// <summary>Gets or sets a file that holds the connection string and nothing else.</summary>
    /// <value>A path. The default is null.</value>
    public string? ConnectionStringFile { get; set; }

    /// <summary>Gets or sets the number of shards. Fixed when the tables are made; another number is then refused.</summary>
    /// <value>A power of two. From 2 to 4,096. The default is 256.</value>
    [Range(2, 4096)]
    public int ShardCount { get; set; } = ShardMap.DefaultCount;

    /// <summary>Gets or sets how many transactions commit at a time, each the commits of one range of shards.</summary>
    /// <value>From 1 to 64. The default is 2: they share a sync of the server's log, and one runs while the other waits for it.</value>
    [Range(1, 64)]
    public int Writers { get; set; } = 2;

    /// <summary>Gets or sets how many commits may wait for one writer; one more gets <see cref="WriteQueueFullException"/>.</summary>
    /// <value>From 1 to 1,000,000. The default is 4,096.</value>
    [Range(1, 1_000_000)]
    public int MaxQueuedCommits { get; set; } = 4096;

    /// <summary>Gets or sets how many waiting commits share one transaction, and so one wait for the disk, at most.</summary>
    /// <value>From 1 to 10,000. The default is 256.</value>
    [Range(1, 10_000)]
    public int MaxCommitsPerTransaction { get; set; } = 256;

    /// <summary>Gets or sets how many reads, and writes of grain states, run at a time; more wait.</summary>
    /// <value>From 1 to 256. The default is 16.</value>
    [Range(1, 256)]
    public int MaxReaders { get; set; } = 16;

    /// <summary>Gets or sets how long connecting may take.</summary>
    /// <value>From 1 second to 1 minute. The default is 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets after how long the server gives a statement up. Two seconds later the exchange gives the connection up.</summary>
    /// <value>From 1 second to 10 minutes. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
