using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace SignalExchange.WebConsole.Elements;

/// <summary>Where a step of a <see cref="Trend"/> begins, written once for as long as it is shown.</summary>
/// <param name="Iso">For programs.</param>
/// <param name="Utc">To be quoted.</param>
/// <param name="Text">In the reader's zone.</param>
public sealed record TrendTime(string Iso, string Utc, string Text)
{
    /// <summary>Writes a time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="clock">The reader's.</param>
    /// <param name="form">A format of .NET.</param>
    public static TrendTime Of(Timestamp time, ReaderClock clock, string form) =>
        new(
            time.ToDateTimeOffset().ToString("o", CultureInfo.InvariantCulture),
            ReaderClock.Utc(time),
            clock.Text(time, form)
        );
}
