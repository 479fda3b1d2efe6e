namespace SignalExchange.Tokens.Canonical.Fingerprints;

/// <summary>How many bits a value could hold at most if it is an id: a guess from above that catches what is no id.</summary>
/// <remarks>
/// <para>
/// The true entropy of one value cannot be known. What can be told is that prose, user agents, versions, sizes and dates
/// are no ids: only runs of at least eight letters and digits count, and only if a digit is among them. Within those,
/// characters that continue a sequence (<c>1234</c>, <c>aaaa</c>) or repeat four characters seen before count nothing.
/// </para>
/// <para>
/// Each character that counts gives 4 bits if the whole value is hexadecimal, 2.5 if all are decimal (counters, dates and check digits:
/// never the full 3.3), else 3.3 for a digit and 4.7 for a letter, 5.7 in mixed case. A random UUID or a 64-bit id in
/// hexadecimal passes 64; an IMEI, a serial number, a MAC address, a user agent or a screen size doesn't.
/// </para>
/// </remarks>
internal static class EntropyEstimate
{
    private const int MinRun = 8;
    private const int Window = 4;

    /// <summary>Returns the estimate in bits. Linear in the length.</summary>
    public static double Bits(string value)
    {
        var characters = string.Concat(Runs(value).Where(run => run.Length >= MinRun && run.Any(char.IsAsciiDigit)));
        var weigh = HexadecimalValue.Is(value) ? _ => 4 : Weigher(characters);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var bits = 0.0;
        for (var i = 0; i < characters.Length; i++)
        {
            var window = characters[Math.Max(0, i - Window + 1)..(i + 1)];
            var isNew = window.Length < Window || (seen.Add(window) && !IsSequence(window));
            bits += isNew ? weigh(characters[i]) : 0;
        }

        return bits;
    }

    private static IEnumerable<string> Runs(string value)
    {
        for (var i = 0; i < value.Length; )
        {
            var start = i;
            while (i < value.Length && char.IsAsciiLetterOrDigit(value[i]))
            {
                i++;
            }

            yield return value[start..i++];
        }
    }

    private static bool IsSequence(string window)
    {
        var step = window[1] - window[0];
        return Math.Abs(step) <= 1 && Enumerable.Range(1, Window - 1).All(i => window[i] - window[i - 1] == step);
    }

    private static Func<char, double> Weigher(string characters)
    {
        if (characters.All(char.IsAsciiDigit))
        {
            return _ => 2.5;
        }

        var isMixed = characters.Any(char.IsAsciiLetterLower) && characters.Any(char.IsAsciiLetterUpper);
        var letter = isMixed ? 5.7 : 4.7;
        return c => char.IsAsciiDigit(c) ? 3.3 : letter;
    }
}
