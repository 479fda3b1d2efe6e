using SignalExchange.Tokens.Templates.Shingles;

namespace SignalExchange.Tokens.Templates;

/// <summary>What the sketch of an ad is made of: for the eyes of whoever holds the ad, never to be stored, logged or sent.</summary>
/// <remarks>Prints as the number of letters and nothing else. Immutable; safe from any thread.</remarks>
public sealed class AdExplanation
{
    private AdExplanation(Skeletons.Skeleton skeleton, AdRefusal? refusal)
    {
        Skeleton = skeleton.ToText();
        Letters = skeleton.Letters.Length;
        Words = skeleton.Words;
        Shingles = ReadShingles(skeleton);
        Windows = AdWindows.Count(Letters);
        Refusal = refusal;
    }

    /// <summary>Gets the letters that are compared; at most the first 4,000.</summary>
    public string Skeleton { get; }

    /// <summary>Gets how many letters these are.</summary>
    public int Letters { get; }

    /// <summary>Gets how many words they were.</summary>
    public int Words { get; }

    /// <summary>Gets the runs of letters that are kept, each once, in the order of the text.</summary>
    public IReadOnlyList<string> Shingles { get; }

    /// <summary>Gets how many windows <see cref="AdWindows"/> would cut, each at the cost of an ad.</summary>
    public int Windows { get; }

    /// <summary>Gets why the ad has no sketch; null if it has one.</summary>
    public AdRefusal? Refusal { get; }

    /// <summary>Explains an ad. Runs here and asks nobody.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static AdExplanation Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > AdSketch.MaxTextLength)
        {
            return new(new Skeletons.Skeleton([], 0), new AdRefusal(AdProblem.TooLong));
        }

        var skeleton = Skeletons.Skeleton.Of(text);
        var problem = AdSketch.Check(skeleton, ShingleSet.Of(skeleton.Letters).Length);
        return new(skeleton, problem is AdProblem.None ? null : new AdRefusal(problem));
    }

    /// <summary>Returns how many letters there are.</summary>
    public override string ToString() => $"ad-explanation:{Letters}";

    private static List<string> ReadShingles(Skeletons.Skeleton skeleton)
    {
        var letters = skeleton.Letters;
        var (seen, runs) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        for (var i = 0; i < letters.Length; i++)
        {
            var length = ShingleHash.LengthAt(letters, i);
            var run = skeleton.Slice(i, length).ToText();
            if (length > 0 && seen.Add(run))
            {
                runs.Add(run);
            }
        }

        return runs;
    }
}
