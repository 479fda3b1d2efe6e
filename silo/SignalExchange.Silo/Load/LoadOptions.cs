using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Load;

/// <summary>How much members' work is taken on at once; what is beyond it is turned away before it costs anything.</summary>
public sealed class LoadOptions
{
    /// <summary>Gets or sets how many calls, and batches of streams, are worked on at the same time.</summary>
    /// <value>From 1 to 100,000. The default is 512.</value>
    [Range(1, 100_000)]
    public int MaxConcurrentCalls { get; set; } = 512;

    /// <summary>Gets or sets how many may wait for a place; one more gets OVERLOADED. Members that wait are served in turn.</summary>
    /// <value>From 0 to 100,000. The default is 1,024.</value>
    [Range(0, 100_000)]
    public int MaxWaitingCalls { get; set; } = 1_024;

    /// <summary>Gets or sets how many of the places one member may hold.</summary>
    /// <value>From 1 to 100,000. The default is 256, half of them.</value>
    [Range(1, 100_000)]
    public int MaxPlacesPerMember { get; set; } = 256;

    /// <summary>Gets or sets how many calls and batches of one member may wait for a place; one more gets OVERLOADED.</summary>
    /// <value>From 0 to 100,000. The default is 512, half of them.</value>
    [Range(0, 100_000)]
    public int MaxWaitingCallsPerMember { get; set; } = 512;

    /// <summary>Gets or sets how many calls one member may have under way on one silo, streams not counted; one more gets OVERLOADED.</summary>
    /// <value>From 1 to 100,000. The default is 768: those that work, and those that wait.</value>
    [Range(1, 100_000)]
    public int MaxCallsPerMember { get; set; } = 768;

    /// <summary>Gets or sets how many bytes of one member's messages are held in memory, from when they are read until they are answered.</summary>
    /// <value>
    /// From 8,388,608 to 2,147,483,647. The default is 134,217,728: 32 of the largest. A call beyond it gets OVERLOADED; of a stream no further
    /// message is read.
    /// </value>
    [Range(8_388_608, int.MaxValue)]
    public int MaxHeldBytesPerMember { get; set; } = 134_217_728;

    /// <summary>Gets or sets how many streams one member may have open on one silo; one more gets TOO_MANY_STREAMS.</summary>
    /// <value>From 1 to 100,000. The default is 256.</value>
    [Range(1, 100_000)]
    public int MaxStreamsPerMember { get; set; } = 256;
}
