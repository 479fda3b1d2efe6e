using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Audit.Search;

/// <summary>Where the search index lies and how it follows the log.</summary>
public sealed class SearchOptions
{
    /// <summary>Gets or sets the index's file. It holds nothing that is not in the log: delete it, and it is made again.</summary>
    /// <value>A path; made when absent. The default is <c>data/log/search.db</c>.</value>
    [Required]
    public string File { get; set; } = Path.Combine("data", "log", "search.db");

    /// <summary>Gets or sets how many entries are taken in by one transaction, at most.</summary>
    /// <value>From 1 to 65,536. The default is 16,384.</value>
    [Range(1, 65_536)]
    public int MaxBatchEntries { get; set; } = 16_384;

    /// <summary>Gets or sets how often the log is asked for more once everything was read.</summary>
    /// <value>From 10 milliseconds to 1 minute. The default is 250 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how many questions are answered at a time; more wait.</summary>
    /// <value>From 1 to 64. The default is 4.</value>
    [Range(1, 64)]
    public int MaxReaders { get; set; } = 4;

    /// <summary>Gets or sets how many megabytes of the file each reader, and the writer, keep in memory.</summary>
    /// <value>From 1 to 1,024. The default is 32.</value>
    [Range(1, 1_024)]
    public int CacheMegabytes { get; set; } = 32;
}
