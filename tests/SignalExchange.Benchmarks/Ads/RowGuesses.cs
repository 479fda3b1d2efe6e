using SignalExchange.Tokens.Templates.Shingles;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>What an attacker expects one row of a band to be: every likely least value, with its probability.</summary>
/// <remarks>
/// A run of letters is the least one of a text if it stands in the text and none with a lesser value does. The attacker
/// knows how many other ads hold each run, and takes runs for independent. Probabilities are kept as bits, in steps.
/// </remarks>
internal sealed class RowGuesses
{
    /// <summary>How many steps a bit has.</summary>
    public const int Resolution = 20;

    /// <summary>How many steps there are: what is less likely than 2^-50 is not guessed.</summary>
    public const int Steps = 50 * Resolution;

    private const double NegligibleRest = 1e-9;

    private readonly Dictionary<uint, int> _steps = [];
    private readonly double[] _counts = new double[Steps];

    public RowGuesses(int function, Corpus corpus)
    {
        var rest = 1.0;
        foreach (var (shingle, share) in InOrder(function, corpus))
        {
            var step = (int)(-Math.Log2(rest * share) * Resolution);
            if (step < Steps)
            {
                _steps.TryAdd(shingle, step);
                _counts[step]++;
            }

            rest *= 1 - share;
            if (rest < NegligibleRest)
            {
                break;
            }
        }
    }

    /// <summary>Gets how many guesses there are of each probability.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>Finds how unlikely a run was thought to be.</summary>
    public bool TryFind(uint shingle, out int step) => _steps.TryGetValue(shingle, out step);

    private static IEnumerable<(uint Shingle, double Share)> InOrder(int function, Corpus corpus)
    {
        // Of the runs of a text, hundreds, the least lies hardly ever above a twentieth of all values.
        const uint likely = uint.MaxValue / 20;
        return corpus
            .Shares.Where(it => MinHash.Value(function, it.Key) < likely)
            .OrderBy(it => MinHash.Value(function, it.Key))
            .Select(it => (it.Key, it.Value));
    }
}
