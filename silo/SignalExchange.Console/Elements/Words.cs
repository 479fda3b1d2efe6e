using System.Globalization;
using System.Text;

namespace SignalExchange.WebConsole.Elements;

/// <summary>The contract's names and numbers, to be read.</summary>
internal static class Words
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Returns a name of the contract in words: <c>MemberBackend</c> is "Member backend".</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var words = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            _ =
                char.IsUpper(letter) && words.Length > 0
                    ? words.Append(' ').Append(char.ToLowerInvariant(letter))
                    : words.Append(letter);
        }

        return words.ToString();
    }

    /// <summary>Returns a method's name without its package.</summary>
    public static string Method(string method) =>
        method.StartsWith("/signalexchange.v1.", StringComparison.Ordinal)
            ? method["/signalexchange.v1.".Length..]
            : method;

    /// <summary>Returns a thumbprint or account cut down to what an eye compares.</summary>
    public static string Short(string thumbprint) => thumbprint.Length <= 12 ? thumbprint : $"{thumbprint[..10]}…";

    /// <summary>Returns a number with thin groups.</summary>
    public static string Number(ulong number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Returns a number in few digits.</summary>
    public static string Compact(double number) =>
        number switch
        {
            >= 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000_000:0.#} M"),
            >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1000:0.#} k"),
            _ => number.ToString("#,0.##", CultureInfo.InvariantCulture),
        };

    /// <summary>Returns microseconds as a time to be read.</summary>
    public static string Time(ulong microseconds) =>
        microseconds == 0 ? "–"
        : microseconds < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:0.0} ms")
        : microseconds < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000.0:0.0} s");

    /// <summary>Returns a span of time in the largest unit that it is whole in: "a day", "36 hours", "90 minutes".</summary>
    public static string Span(TimeSpan span) =>
        span.Ticks % TimeSpan.TicksPerDay == 0 ? Counted(span.Ticks / TimeSpan.TicksPerDay, "a day", "days")
        : span.Ticks % TimeSpan.TicksPerHour == 0 ? Counted(span.Ticks / TimeSpan.TicksPerHour, "an hour", "hours")
        : Counted((long)Math.Ceiling(span.TotalMinutes), "a minute", "minutes");

    /// <summary>Returns bytes as a size to be read.</summary>
    public static string Size(ulong bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1024 && unit < ByteUnits.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {ByteUnits[unit]}");
    }

    /// <summary>Returns a share as a percentage; a dash of nothing.</summary>
    public static string Share(ulong part, ulong all) =>
        all == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.##} %");

    /// <summary>Returns a month of the access log: months since January 1970.</summary>
    public static string Month(uint period) =>
        new DateOnly(1970 + (int)(period / 12), 1 + (int)(period % 12), 1).ToString(
            "MMM yyyy",
            CultureInfo.InvariantCulture
        );

    private static string Counted(long count, string one, string many) => count == 1 ? one : $"{count} {many}";
}
