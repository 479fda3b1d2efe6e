namespace SignalExchange.Grains.Quotas;

/// <summary>The days of quotas: UTC, counted as <see cref="DateOnly.DayNumber"/> counts them.</summary>
internal static class QuotaDay
{
    /// <summary>Returns today, or the day known already if the clock was set back: an allowance is not given twice.</summary>
    public static long Later(long known, DateTimeOffset now) => Math.Max(known, Of(now));

    /// <summary>Returns the day of a time.</summary>
    public static long Of(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber;

    /// <summary>Returns when a day ends.</summary>
    public static DateTimeOffset EndOf(long day) =>
        new(DateOnly.FromDayNumber((int)day + 1), TimeOnly.MinValue, TimeSpan.Zero);
}
