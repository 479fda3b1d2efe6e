using System.Text;

namespace SignalExchange.Tokens.Canonical.Unicode;

/// <summary>Compatibility normalisation (UAX #15) by our own tables. Text without unpaired surrogates, please.</summary>
internal static class Normalization
{
    /// <summary>Returns the text in form KD: taken apart as far as it goes, marks in canonical order.</summary>
    public static string Nfkd(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var apart = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            AppendDecomposed(apart, rune);
        }

        return Order(apart.ToString());
    }

    /// <summary>Returns the text in form KC: taken apart, then put together again as far as it goes.</summary>
    public static string Nfkc(string text)
    {
        var apart = Nfkd(text);
        return Ascii.IsValid(apart) ? apart : Compose(apart);
    }

    private static void AppendDecomposed(StringBuilder target, Rune rune)
    {
        if (Hangul.IsSyllable(rune.Value))
        {
            Hangul.AppendDecomposed(target, rune.Value);
        }
        else if (UnicodeTables.Decompositions.TryGetValue(rune.Value, out var parts))
        {
            target.Append(parts);
        }
        else
        {
            target.Append(rune.ToString());
        }
    }

    // The canonical ordering algorithm: each run of marks sorted by class, keeping the order of equals.
    private static string Order(string text)
    {
        var ordered = new StringBuilder(text.Length);
        var marks = new List<Rune>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rank(rune.Value) > 0)
            {
                marks.Add(rune);
                continue;
            }

            Flush();
            ordered.Append(rune.ToString());
        }

        Flush();
        return ordered.ToString();

        void Flush()
        {
            foreach (var mark in marks.OrderBy(mark => Rank(mark.Value)))
            {
                ordered.Append(mark.ToString());
            }

            marks.Clear();
        }
    }

    // The canonical composition algorithm: a character joins the last starter unless one of its own class, or a starter,
    // stands between.
    private static string Compose(string text)
    {
        var together = new List<int>(text.Length);
        var starter = -1;
        var lastRank = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var rank = Rank(rune.Value);
            var isAdjacent = starter == together.Count - 1;
            if (
                starter >= 0
                && (isAdjacent || (lastRank > 0 && lastRank < rank))
                && TryPair(together[starter], rune.Value, out var both)
            )
            {
                together[starter] = both;
                continue;
            }

            starter = rank == 0 ? together.Count : starter;
            lastRank = rank;
            together.Add(rune.Value);
        }

        return string.Concat(together.Select(char.ConvertFromUtf32));
    }

    private static bool TryPair(int first, int second, out int both) =>
        Hangul.TryCompose(first, second, out both) || UnicodeTables.Compositions.TryGetValue((first, second), out both);

    private static int Rank(int codePoint) => UnicodeTables.CombiningRanks.GetValueOrDefault(codePoint);
}
