using System.Globalization;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>A time as it stands on a page.</summary>
/// <param name="Iso">For programs.</param>
/// <param name="Hover">What is shown on hover.</param>
/// <param name="Text">What is read.</param>
public sealed record ShownTime(string Iso, string Hover, string Text)
{
    private static readonly string[] Forms = ["d MMM yyyy, HH:mm", "d MMM yyyy, HH:mm:ss", "HH:mm", "ddd HH:mm"];

    /// <summary>Whether it is read in a zone, and in UTC on hover.</summary>
    public bool IsOf(TimeZoneInfo zone)
    {
        var time = DateTimeOffset.Parse(Iso, CultureInfo.InvariantCulture);
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return Hover == time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
            && Forms.Any(form => Text == local.ToString(form, CultureInfo.InvariantCulture));
    }
}
