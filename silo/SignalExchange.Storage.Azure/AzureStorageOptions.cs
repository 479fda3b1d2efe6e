using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Storage.Azure;

/// <summary>Settings of the storage on Azure Tables and Blobs.</summary>
/// <remarks>Read once, when the storage is opened.</remarks>
public sealed class AzureStorageOptions
{
    /// <summary>Gets or sets the number of shards. Fixed when the tables are made; another number is then refused.</summary>
    /// <value>A power of two. From 2 to 4,096. The default is 256.</value>
    [Range(2, 4096)]
    public int ShardCount { get; set; } = ShardMap.DefaultCount;

    /// <summary>Gets the storage accounts, each with a range of shards. Grain states and access logs lie in the first.</summary>
    /// <value>At least one. The ranges are fixed when the tables are made.</value>
    public IList<AzureStorageAccountOptions> Accounts { get; } = [];

    /// <summary>Gets or sets whether the exchange signs in as its machine: workload identity where there is one, else managed identity.</summary>
    /// <value>Needed for accounts that are named by addresses. The default is false.</value>
    public bool UseManagedIdentity { get; set; }

    /// <summary>Gets or sets the client id of a user-assigned identity.</summary>
    /// <value>Null, the default, for the system-assigned one.</value>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>Gets or sets what the names of the exchange's tables and containers begin with.</summary>
    /// <value>3 to 32 letters and digits, a letter first. The default is <c>SignalExchange</c>.</value>
    [Required]
    [RegularExpression("[A-Za-z][A-Za-z0-9]{2,31}")]
    public string Prefix { get; set; } = "SignalExchange";

    /// <summary>Gets or sets the table of ordinary grain states.</summary>
    /// <value>3 to 63 letters and digits, a letter first. The default is that of Microsoft.Orleans.Persistence.AzureStorage.</value>
    [Required]
    [RegularExpression("[A-Za-z][A-Za-z0-9]{2,62}")]
    public string GrainStateTable { get; set; } = "OrleansGrainState";

    /// <summary>Gets or sets the service id of the cluster, which the keys of grain states begin with.</summary>
    /// <value>1 to 64 letters, digits, hyphens and underscores. The default is <c>signalexchange</c>.</value>
    [Required]
    [RegularExpression("[A-Za-z0-9_-]{1,64}")]
    public string ServiceId { get; set; } = "signalexchange";

    /// <summary>Gets or sets how many writes run at a time, in all accounts together.</summary>
    /// <value>From 1 to 4,096. The default is 256.</value>
    [Range(1, 4096)]
    public int MaxConcurrentWrites { get; set; } = 256;

    /// <summary>Gets or sets how many writes may wait; one more gets <see cref="WriteQueueFullException"/>.</summary>
    /// <value>From 1 to 1,000,000. The default is 4,096.</value>
    [Range(1, 1_000_000)]
    public int MaxQueuedCommits { get; set; } = 4096;

    /// <summary>Gets or sets how many reads run at a time; more wait.</summary>
    /// <value>From 1 to 4,096. The default is 256.</value>
    [Range(1, 4096)]
    public int MaxReaders { get; set; } = 256;

    /// <summary>Gets or sets how long one request may take.</summary>
    /// <value>From 1 second to 1 minute. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the table of shards, one of this name in each account.</summary>
    internal string ShardTable => Prefix + "Shards";

    /// <summary>Returns the same settings with another number of shards: that of tables or of a backup.</summary>
    internal AzureStorageOptions With(int shardCount)
    {
        var options = (AzureStorageOptions)MemberwiseClone();
        options.ShardCount = shardCount;
        return options;
    }
}
