using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Load;

/// <summary>How much members' work is taken on at once; what is beyond it is turned away before it costs anything.</summary>
public sealed class LoadOptions
{
    /// <summary>Gets or sets how many calls, and batches of streams, are worked on at the same time.</summary>
    /// <value>From 1 to 100,000. The default is 512.</value>
    [Range(1, 100_000)]
    public int MaxConcurrentCalls { get; set; } = 512;

    /// <summary>Gets or sets how many may wait for a place, first come first served; one more gets OVERLOADED.</summary>
    /// <value>From 0 to 100,000. The default is 1,024.</value>
    [Range(0, 100_000)]
    public int MaxWaitingCalls { get; set; } = 1_024;

    /// <summary>Gets or sets how many streams one member may have open on one silo; one more gets TOO_MANY_STREAMS.</summary>
    /// <value>From 1 to 100,000. The default is 256.</value>
    [Range(1, 100_000)]
    public int MaxStreamsPerMember { get; set; } = 256;
}
