using SignalExchange.Tokens.Templates.Shingles;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>What bands give away: an attacker guesses runs of letters and asks the key service whether a band is that one.</summary>
/// <remarks>
/// For every text the attacker knows all ads of the file but those of its cluster, orders the combinations of least values by
/// probability, and tries the 2^20 most likely ones on each band. A band is opened if the right combination is among
/// them. The shares that order the guesses include the text itself, which favours the attacker a little.
/// </remarks>
internal static class GuessingAttack
{
    /// <summary>How many evaluations are spent on one band: what a hard quota allows in a day.</summary>
    public const int Guesses = 1 << 20;

    /// <summary>Returns the share of bands that are opened.</summary>
    /// <param name="corpus">The ads.</param>
    /// <param name="rows">How many least values a band has; the product has three.</param>
    public static double Run(Corpus corpus, int rows)
    {
        var (opened, all) = (0L, 0L);
        for (var band = 0; band < MinHash.Functions / rows; band++)
        {
            var functions = Enumerable.Range(band * rows, rows).ToArray();
            opened += CountOpened(corpus, functions);
            all += corpus.Texts.Count;
        }

        return all == 0 ? 0 : (double)opened / all;
    }

    private static int CountOpened(Corpus corpus, int[] functions)
    {
        var guesses = Array.ConvertAll(functions, function => new RowGuesses(function, corpus));
        var firstNotTried = FindFirstNotTried(guesses);
        return corpus.Texts.Count(text => IsOpened(corpus, text, functions, guesses, firstNotTried));
    }

    private static bool IsOpened(
        Corpus corpus,
        (string Cluster, uint[] Shingles) text,
        int[] functions,
        RowGuesses[] guesses,
        int firstNotTried
    )
    {
        var sum = 0;
        for (var i = 0; i < functions.Length; i++)
        {
            if (text.Shingles.Length == 0)
            {
                return false;
            }

            var least = text.Shingles.MinBy(shingle => MinHash.Value(functions[i], shingle));
            if (!corpus.IsKnownOutside(least, text.Cluster) || !guesses[i].TryFind(least, out var step))
            {
                return false;
            }

            sum += step;
        }

        return sum < firstNotTried;
    }

    // How many combinations have each probability is the convolution of the rows' counts.
    private static int FindFirstNotTried(RowGuesses[] guesses)
    {
        var counts = guesses.Skip(1).Aggregate(guesses[0].Counts.ToArray(), Convolve);
        var tried = 0.0;
        for (var step = 0; step < counts.Length; step++)
        {
            tried += counts[step];
            if (tried > Guesses)
            {
                return step;
            }
        }

        return counts.Length;
    }

    private static double[] Convolve(double[] counts, RowGuesses row)
    {
        var result = new double[counts.Length + RowGuesses.Steps];
        for (var i = 0; i < counts.Length; i++)
        {
            for (var j = 0; counts[i] > 0 && j < RowGuesses.Steps; j++)
            {
                result[i + j] += counts[i] * row.Counts[j];
            }
        }

        return result;
    }
}
