namespace SignalExchange.Storage;

/// <summary>What the index keeps of an indicator, in 32 bits: until when there is something live to say about it.</summary>
/// <param name="Value">Hours since 2020-01-01T00:00Z, rounded up, at which the last live signal ends; 0 when none is live.</param>
/// <remarks>Rounded up, so that the index never hides a live signal; the grain then decides to the second.</remarks>
public readonly record struct IndicatorSummary(uint Value)
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Nothing live: the indicator is not in the index.</summary>
    public static readonly IndicatorSummary NothingLive;

    /// <summary>Gets whether there was something live when this was written.</summary>
    public bool IsLive => Value != 0;

    /// <summary>Makes the summary of an indicator whose last live signal ends at the given time.</summary>
    /// <param name="lastExpiry">The latest expiry among live signals; null when none is live.</param>
    public static IndicatorSummary LiveUntil(DateTimeOffset? lastExpiry) =>
        lastExpiry is { } time ? new(HoursUp(time)) : NothingLive;

    /// <summary>Returns the clock reading to compare <see cref="Value"/> with: a summary below or at it has ended.</summary>
    /// <param name="now">The time.</param>
    public static uint HoursDown(DateTimeOffset now) => (uint)Math.Max(0, (now - Epoch).Ticks / TimeSpan.TicksPerHour);

    private static uint HoursUp(DateTimeOffset time) =>
        (uint)Math.Max(1, ((time - Epoch).Ticks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour);
}
