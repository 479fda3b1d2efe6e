using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>How key rotations proceed.</summary>
public sealed class RotationOptions
{
    /// <summary>Gets or sets within what time every silo follows a change of the keys; the job waits four times as long before it builds on one.</summary>
    /// <value>From 10 milliseconds to 1 minute. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan SilosFollowWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long checks and withdrawals may use a key after another one has followed.</summary>
    /// <value>From 1 second to 30 days. The default is 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan CheckOverlap { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets or sets how many rows are moved at the same time.</summary>
    /// <value>From 1 to 256. The default is 16: submissions come first.</value>
    [Range(1, 256)]
    public int MaxParallelRows { get; set; } = 16;
}
