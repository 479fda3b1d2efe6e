using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Clustering;

/// <summary>How silos keep in touch.</summary>
public sealed class StandingOptions
{
    /// <summary>Gets or sets how often a silo asks whether its view of the cluster still is the newest.</summary>
    /// <value>From 50 milliseconds to 10 seconds. The default is 500 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan PulseInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets how old that view may be. A silo whose view is older does no work for the others.</summary>
    /// <value>From 500 milliseconds to 1 minute, and no less than twice the interval. The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")]
    public TimeSpan StandingLimit { get; set; } = TimeSpan.FromSeconds(2);
}
