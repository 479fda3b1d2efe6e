using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Microsoft.JSInterop;

namespace SignalExchange.WebConsole.Elements;

/// <summary>The reader's time zone. One a circuit.</summary>
public sealed class ReaderClock
{
    /// <summary>A date with a time of day.</summary>
    public const string WithMinutes = "d MMM yyyy, HH:mm";

    /// <summary>The same, to the second.</summary>
    public const string WithSeconds = "d MMM yyyy, HH:mm:ss";

    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>Gets the zone.</summary>
    public TimeZoneInfo Zone => _zone;

    /// <summary>Gets what the zone is called, for example "Europe/Amsterdam".</summary>
    public string ZoneName => _zone.Id;

    /// <summary>Asks the browser, once.</summary>
    public async Task Learn(IJSRuntime browser)
    {
        var name = await browser.InvokeAsync<string?>("exchange.zone");
        if (name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            _zone = zone;
        }
    }

    /// <summary>Returns a time in the reader's zone.</summary>
    public DateTimeOffset Local(Timestamp time) => TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), _zone);

    /// <summary>Returns a time in the reader's zone, to be read.</summary>
    /// <param name="time">The time.</param>
    /// <param name="form">A format of .NET, for example <see cref="WithMinutes"/>.</param>
    public string Text(Timestamp time, string form) => Local(time).ToString(form, CultureInfo.InvariantCulture);

    /// <summary>Returns a time in UTC, to be quoted.</summary>
    public static string Utc(Timestamp time) =>
        time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
