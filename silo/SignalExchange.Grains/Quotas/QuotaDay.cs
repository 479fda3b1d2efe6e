namespace SignalExchange.Grains.Quotas;

/// <summary>The days of quotas: UTC, counted as <see cref="DateOnly.DayNumber"/> counts them.</summary>
internal static class QuotaDay
{
    /// <summary>Returns today, or tomorrow if that is known already, since the clock was set back: an allowance is not given twice.</summary>
    /// <remarks>
    /// A known day further ahead came from a clock that was wrong. It is not believed, or an allowance would not be given again until
    /// that day; what was used of it goes on counting today (<see cref="IsNew"/>).
    /// </remarks>
    public static long Later(long known, DateTimeOffset now)
    {
        var today = Of(now);
        return known == today + 1 ? known : today;
    }

    /// <summary>Whether a day has an allowance of its own, of which nothing was used yet.</summary>
    /// <param name="day">The day, from <see cref="Later"/>.</param>
    /// <param name="known">The day that was known before.</param>
    public static bool IsNew(long day, long known) => known < day;

    /// <summary>Whether the day that was known is not believed: what goes on as another day is written as that one, even if nothing is leased.</summary>
    /// <param name="day">The day, from <see cref="Later"/>.</param>
    /// <param name="known">The day that was known before.</param>
    public static bool IsCorrected(long day, long known) => known > day;

    /// <summary>Returns the day of a time.</summary>
    public static long Of(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber;

    /// <summary>Returns when a day ends.</summary>
    public static DateTimeOffset EndOf(long day) =>
        new(DateOnly.FromDayNumber((int)day + 1), TimeOnly.MinValue, TimeSpan.Zero);
}
