using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Census;

/// <summary>How often all signals are counted.</summary>
public sealed class CensusOptions
{
    /// <summary>Gets or sets how old the newest census may become. One that takes long is taken less often: nineteen times as long passes in between.</summary>
    /// <value>From 1 second to 1 day. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(10);
}
