using System.Globalization;
using System.Text;

namespace SignalExchange.Audit.Reviews;

/// <summary>Places in the log as text: <c>12-15,19</c>.</summary>
internal static class IndexRanges
{
    /// <summary>Writes places, in texts of a limited length.</summary>
    /// <param name="ascending">The places, ascending, each once.</param>
    /// <param name="maxLength">The longest text.</param>
    public static List<string> Write(IReadOnlyList<ulong> ascending, int maxLength)
    {
        var texts = new List<string>();
        var text = new StringBuilder();
        for (var i = 0; i < ascending.Count; )
        {
            var last = i;
            while (last + 1 < ascending.Count && ascending[last + 1] == ascending[last] + 1)
            {
                last++;
            }

            var range = Range(ascending[i], ascending[last]);
            if (text.Length > 0 && text.Length + 1 + range.Length > maxLength)
            {
                texts.Add(text.ToString());
                text.Clear();
            }

            text.Append(text.Length > 0 ? "," : "").Append(range);
            i = last + 1;
        }

        return [.. texts, text.ToString()];
    }

    /// <summary>Reads places.</summary>
    /// <param name="text">What <see cref="Write"/> wrote.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="indexes">Gets them.</param>
    /// <returns>Whether the text has that form and is not too long.</returns>
    public static bool TryRead(string text, int most, List<ulong> indexes)
    {
        foreach (var range in text.Split(','))
        {
            var (first, last) = range.Split('-') is [var from, var to] ? (from, to) : (range, range);
            if (
                !TryParse(first, out var index)
                || !TryParse(last, out var end)
                || end < index
                || end - index >= (ulong)(most - indexes.Count)
            )
            {
                return false;
            }

            for (; index <= end; index++)
            {
                indexes.Add(index);
            }
        }

        return true;
    }

    private static string Range(ulong first, ulong last) =>
        first == last
            ? first.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");

    // Below 2^63, as a place in the log is.
    private static bool TryParse(string text, out ulong index) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index <= long.MaxValue;
}
