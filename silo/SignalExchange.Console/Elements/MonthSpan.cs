using System.Globalization;

namespace SignalExchange.WebConsole.Elements;

/// <summary>Months of the access log, both included, as they stand in the address bar.</summary>
/// <param name="First">The first: months since January 1970.</param>
/// <param name="Last">The last.</param>
internal readonly record struct MonthSpan(uint First, uint Last)
{
    /// <summary>The most months that a report is about.</summary>
    public const int MaxMonths = 24;

    private const string Form = "yyyy-MM";
    private const int FirstYear = 1970;

    /// <summary>Reads two months; absent ones are the present month and the one before it.</summary>
    /// <returns>The months; null with the name of what has not its form.</returns>
    public static (MonthSpan? Months, string Wrong) Of(string? from, string? until, DateTimeOffset now)
    {
        var present = PeriodOf(now.UtcDateTime);
        if ((string.IsNullOrEmpty(from) ? present - 1 : Read(from)) is not { } first)
        {
            return (null, "from");
        }

        return
            (string.IsNullOrEmpty(until) ? Math.Max(present, first) : Read(until)) is { } last
            && last >= first
            && last - first < MaxMonths
            ? (new(first, last), "")
            : (null, "until");
    }

    /// <summary>Returns a month as it stands in an address.</summary>
    public static string TextOf(uint period) => $"{FirstYear + (period / 12):0000}-{1 + (period % 12):00}";

    /// <summary>Reads a month; null for what is none.</summary>
    public static uint? Read(string? text) =>
        DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && month.Year >= FirstYear
            ? PeriodOf(month)
            : null;

    /// <summary>Returns the month of a time in UTC.</summary>
    public static uint PeriodOf(DateTime time) => (uint)(((time.Year - FirstYear) * 12) + time.Month - 1);
}
