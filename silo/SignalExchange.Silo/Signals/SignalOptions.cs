using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Signals;

/// <summary>How much of a batch is worked on at once, and how long a check waits to be fresh enough.</summary>
public sealed class SignalOptions
{
    /// <summary>Gets or sets how many indicators of one batch are written or read at the same time.</summary>
    /// <value>From 1 to 4096. The default is 256.</value>
    [Range(1, 4096)]
    public int MaxParallelItems { get; set; } = 256;

    /// <summary>Gets or sets how many batches of one stream are worked on at the same time; answers keep their order.</summary>
    /// <value>From 1 to 64. The default is 4.</value>
    [Range(1, 64)]
    public int MaxParallelBatches { get; set; } = 4;

    /// <summary>Gets or sets how long a check waits for this silo to reach the position that it asks for.</summary>
    /// <value>From 0 to 10 seconds. The default is 250 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan FreshnessWait { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets the step of time at which answers about indicators and templates leave, so that no answer's time tells what was found.</summary>
    /// <value>From 0, which is off, to 1 second. The default is 2 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan AnswerStep { get; set; } = TimeSpan.FromMilliseconds(2);
}
