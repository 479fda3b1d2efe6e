namespace SignalExchange.AccessLog.Entries;

/// <summary>A month in UTC: what a key seals, and what is destroyed at once.</summary>
/// <param name="Number">The months since 1970-01; January 1970 is 0.</param>
public readonly record struct LogPeriod(int Number) : IComparable<LogPeriod>
{
    private const int MonthsAYear = 12;
    private const int FirstYear = 1970;

    /// <summary>Returns the period of an instant.</summary>
    public static LogPeriod Of(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return new((utc.Year - FirstYear) * MonthsAYear + utc.Month - 1);
    }

    /// <summary>Gets the first instant that is not of this period.</summary>
    public DateTimeOffset End => new DateTimeOffset(FirstYear, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(Number + 1);

    /// <summary>Gets the period after this one.</summary>
    public LogPeriod Next => new(Number + 1);

    /// <inheritdoc/>
    public int CompareTo(LogPeriod other) => Number.CompareTo(other.Number);

    /// <summary>Compares two periods.</summary>
    public static bool operator <(LogPeriod left, LogPeriod right) => left.Number < right.Number;

    /// <summary>Compares two periods.</summary>
    public static bool operator >(LogPeriod left, LogPeriod right) => left.Number > right.Number;

    /// <summary>Compares two periods.</summary>
    public static bool operator <=(LogPeriod left, LogPeriod right) => left.Number <= right.Number;

    /// <summary>Compares two periods.</summary>
    public static bool operator >=(LogPeriod left, LogPeriod right) => left.Number >= right.Number;

    /// <summary>Returns year and month, for example "2026-11".</summary>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{FirstYear + Number / MonthsAYear:0000}-{Number % MonthsAYear + 1:00}"
        );
}
