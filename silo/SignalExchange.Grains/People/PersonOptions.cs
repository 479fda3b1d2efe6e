using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Grains.People;

/// <summary>How long people stay signed in, and how often they may be wrong.</summary>
public sealed class PersonOptions
{
    /// <summary>Gets or sets how many wrong attempts in a row an account has before it is locked for a while.</summary>
    /// <value>From 3 to 20. The default is 5.</value>
    [Range(3, 20)]
    public int FreeAttempts { get; set; } = 5;

    /// <summary>Gets or sets how long the first lock lasts; each further wrong attempt doubles it.</summary>
    /// <value>From 1 second to 1 hour. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long a lock lasts at most, so that nobody is locked out for good by a stranger.</summary>
    /// <value>From 1 minute to 1 day. The default is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LongestLock { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets after how long without a sign of its person a session ends.</summary>
    /// <value>From 2 minutes to 1 day. The default is 30 minutes.</value>
    [Range(typeof(TimeSpan), "00:02:00", "1.00:00:00")]
    public TimeSpan IdleLife { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets after how long a session ends whatever its person does.</summary>
    /// <value>From 5 minutes to 7 days. The default is 12 hours.</value>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan LongestLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Gets or sets how many sessions an account may have; one more ends the oldest.</summary>
    /// <value>From 1 to 100. The default is 8.</value>
    [Range(1, 100)]
    public int MaxSessions { get; set; } = 8;
}
