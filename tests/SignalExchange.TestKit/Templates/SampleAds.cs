namespace SignalExchange.TestKit.Templates;

/// <summary>Ads that nobody posted.</summary>
public static class SampleAds
{
    /// <summary>An ad.</summary>
    public const string Room =
        "Cosy sunny room to let near the old harbour, a short walk from the tram. The kitchen is shared with quiet students "
        + "and a friendly cat named Oliver. Rent includes heating, water and fast internet. We prefer someone who stays for "
        + "at least half a year and likes to cook together on Sundays. Write us a few lines about yourself and when you "
        + "would like to visit.";

    /// <summary>The same, edited: a match, and not a strong one.</summary>
    public const string EditedRoom =
        "Lovely room to let near the old harbour, a short walk from the bus. The kitchen is shared with quiet students and "
        + "a sleepy cat named Bella. Rent includes heating, water and internet. We prefer someone who stays for at least "
        + "a year and likes to cook together. Write us a few lines about yourself and when you would like to come.";

    /// <summary>Another ad.</summary>
    public const string Bicycle =
        "Selling my touring bicycle because I am moving abroad. Steel frame, leather saddle, new brakes and tyres that have "
        + "seen one summer. It comes with panniers, a pump and the good lock. Try it on the quay any evening after work; "
        + "I would rather it went to a rider than to a collector, so the price depends on your plans with it.";

    /// <summary>Makes an ad of words that no language has: the same for the same seed, nothing in common with another seed's.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="words">How many words, from 40 on.</param>
    public static string Made(int seed, int words = 60)
    {
        var state = unchecked((ulong)seed * 0x9E3779B97F4A7C15) | 1;
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(ref state)));
    }

    /// <summary>Exchanges words of an ad for others.</summary>
    /// <param name="ad">The ad.</param>
    /// <param name="each">One of so many words is exchanged, from 2.</param>
    /// <param name="seed">For which others.</param>
    public static string Edited(string ad, int each, int seed)
    {
        var others = Made(seed, 400).Split(' ');
        var words = ad.Split(' ');
        for (var place = each / 2; place < words.Length; place += each)
        {
            words[place] = others[place];
        }

        return string.Join(' ', words);
    }

    private static string Word(ref ulong state)
    {
        Span<char> letters = stackalloc char[7];
        for (var place = 0; place < letters.Length; place++)
        {
            // Knuth's MMIX; the upper bits are the good ones. No letter twice in a row, which folding would drop.
            state = unchecked((state * 6364136223846793005) + 1442695040888963407);
            letters[place] = (char)('a' + (int)((state >> 33) % 12 * 2) + (place % 2));
        }

        return new string(letters);
    }
}
