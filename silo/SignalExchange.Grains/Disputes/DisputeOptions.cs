using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Grains.Disputes;

/// <summary>How much members may dispute. The same on every silo.</summary>
public sealed class DisputeOptions
{
    /// <summary>Gets or sets how many disputes a member may raise a day (UTC), whatever became of them.</summary>
    /// <value>From 1 to 1,000. The default is 50.</value>
    [Range(1, 1000)]
    public int RaisedPerDay { get; set; } = 50;
}
