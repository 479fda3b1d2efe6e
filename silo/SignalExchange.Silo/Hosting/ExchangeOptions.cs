using System.ComponentModel.DataAnnotations;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Hosting;

/// <summary>Where the exchange keeps its data and listens.</summary>
public sealed class ExchangeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Exchange";

    /// <summary>Gets or sets the folder of the exchange's data; created if absent.</summary>
    /// <value>A path. The default is <c>data</c>, below the working folder.</value>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Gets or sets the address on which members call.</summary>
    /// <value>An http or https address; http only on loopback. The default is <c>http://127.0.0.1:7400</c>.</value>
    [Required]
    public Uri Listen { get; set; } = new("http://127.0.0.1:7400");

    /// <summary>Gets or sets the address on which the access log's tiles are served to everybody who verifies it.</summary>
    /// <value>An http or https address; http only on loopback. Null, the default, serves them nowhere.</value>
    public Uri? ListenTiles { get; set; }

    /// <summary>Gets or sets the address of the console, for the consortium's people and members' administrators.</summary>
    /// <value>An http or https address; http only on loopback. Null, the default, serves no console.</value>
    public Uri? ListenConsole { get; set; }

    /// <summary>Gets or sets whether operators find the runtime's own dashboard in the console: silos, kinds of grains, how long their methods take.</summary>
    /// <value>It never shows the state of a grain. The same on every silo. The default is false: it times every grain call.</value>
    public bool OrleansDashboard { get; set; }

    /// <summary>Gets or sets the address on which metrics (<c>/metrics</c>) and health (<c>/ready</c>, <c>/live</c>) are served, to everybody.</summary>
    /// <value>An http or https address; http only on loopback. Null, the default, serves them nowhere.</value>
    public Uri? ListenMetrics { get; set; }

    /// <summary>Gets or sets the port on which silos talk to each other, on loopback.</summary>
    /// <value>From 0 to 65535; 0 takes a free one. The default is 0.</value>
    [Range(0, 65_535)]
    public int SiloPort { get; set; }

    /// <summary>Gets or sets how long a stop may take: what is begun is finished, streams end with NOT_READY, shards move, the snapshot is written.</summary>
    /// <value>
    /// From 10 seconds to 1 hour. The default is 25 seconds; whoever runs the process should wait for longer before it is killed.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Gets or sets the number of shards of a new exchange; fixed for its life.</summary>
    /// <value>A power of two from 2 to 4096. The default is 256.</value>
    [Range(2, 4096)]
    public int ShardCount { get; set; } = ShardMap.DefaultCount;

    /// <summary>Gets or sets how large the database may grow, in bytes; writes beyond it are refused with STORAGE_UNAVAILABLE.</summary>
    /// <value>From 1048576 to 17592186036224; null for no limit but the disk's. The default is null.</value>
    [Range(1_048_576, 17_592_186_036_224)]
    public long? MaxDatabaseBytes { get; set; }
}
