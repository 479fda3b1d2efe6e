using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Settings of the embedded storage of access logs.</summary>
/// <remarks>Read once, when the storage is opened.</remarks>
public sealed class SqliteAccessLogOptions
{
    /// <summary>Gets or sets the folder that holds the tails' database and each log's files.</summary>
    /// <value>A path, absolute or relative to the working directory. Made if it is not there. The default is <c>data/log</c>.</value>
    [Required]
    public string Folder { get; set; } = Path.Combine("data", "log");

    /// <summary>Gets or sets the size that the tails' database may reach; beyond it writes fail until there is room again.</summary>
    /// <value>From 1,048,576 to 17,592,186,036,224 bytes; its write-ahead log comes on top. The default is null: no limit.</value>
    [Range(1_048_576, 17_592_186_036_224)]
    public long? MaxDatabaseBytes { get; set; }
}
