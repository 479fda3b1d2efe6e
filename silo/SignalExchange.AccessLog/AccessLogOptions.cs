using System.ComponentModel.DataAnnotations;

namespace SignalExchange.AccessLog;

/// <summary>Settings of the access log.</summary>
/// <remarks>Read once, when the log is started.</remarks>
public sealed class AccessLogOptions
{
    /// <summary>Gets or sets the name of the exchange, as it stands in the origin of each of its logs.</summary>
    /// <value>Lower-case letters, digits, ".", "-" and "/", for example "exchange.example". At most 80. There is no default.</value>
    [Required]
    [RegularExpression("[a-z0-9][a-z0-9./-]{0,79}")]
    public string Exchange { get; set; } = "";

    /// <summary>Gets or sets the name of this silo's log. The same after each restart; no two silos have the same.</summary>
    /// <value>Lower-case letters, digits and single hyphens, at most 32; not "keys". The default is "silo-1".</value>
    [Required]
    [RegularExpression("(?!keys$)[a-z][a-z0-9]*(-[a-z0-9]+)*")]
    [MaxLength(32)]
    public string Log { get; set; } = "silo-1";

    /// <summary>Gets or sets the folder of the log's keys, each sealed under the exchange's master key.</summary>
    /// <value>A path; made when absent. The default is <c>data/log/keys</c>. Losing it loses every detail ever sealed.</value>
    [Required]
    public string KeyFolder { get; set; } = Path.Combine("data", "log", "keys");

    /// <summary>Gets or sets how many entries may wait for the writer; one more gets <see cref="AccessLogBusyException"/>.</summary>
    /// <value>From 1 to 1,000,000. The default is 4,096.</value>
    [Range(1, 1_000_000)]
    public int MaxWaitingEntries { get; set; } = 4096;

    /// <summary>Gets or sets how many waiting entries share one durable write, at most.</summary>
    /// <value>From 1 to 10,000. The default is 1,000.</value>
    [Range(1, 10_000)]
    public int MaxGroupEntries { get; set; } = 1000;

    /// <summary>Gets or sets after how long an entry's caller gives up; it then gets <see cref="AccessLogUnavailableException"/>.</summary>
    /// <value>From 100 milliseconds to 1 minute. The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan AppendTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how long after a checkpoint the next one is signed at the soonest.</summary>
    /// <value>From 100 milliseconds to 1 hour. The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a key must be due, by a clock that goes evenly and in one process, before it is destroyed.</summary>
    /// <value>From 1 hour to 30 days. The default is 1 day.</value>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan ShredDelay { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Gets or sets how far the clock may be ahead of the last entry that the log had when it was started, beyond the time since then. If
    /// it is further no key is destroyed.
    /// </summary>
    /// <value>From 1 day to 366 days. The default is 31 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00")]
    public TimeSpan MaxClockLead { get; set; } = TimeSpan.FromDays(31);

    /// <summary>Gets the witnesses that are asked over HTTP to sign each checkpoint.</summary>
    /// <value>At most 16, each key once. The default is none.</value>
    [MaxLength(16)]
    public IList<WitnessOptions> Witnesses { get; } = [];

    /// <summary>Gets or sets how many witnesses must have signed a checkpoint before it is published.</summary>
    /// <value>From 0 to 16, and not more than there are witnesses. The default is 0: the log's own signature is enough.</value>
    [Range(0, 16)]
    public int RequiredWitnesses { get; set; }

    /// <summary>Gets or sets how long a witness may take.</summary>
    /// <value>From 100 milliseconds to 1 minute. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan WitnessTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the log's origin: name of the exchange, "/log/", name of the log.</summary>
    public string Origin => $"{Exchange}/log/{Log}";
}
