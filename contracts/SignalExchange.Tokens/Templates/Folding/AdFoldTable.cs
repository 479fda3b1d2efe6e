using System.Text;

namespace SignalExchange.Tokens.Templates.Folding;

/// <summary>The frozen table <c>ad-fold.txt</c>: one step from any code point to what an ad is compared by.</summary>
/// <remarks>
/// Read once, into pages of 256 code points of which most are shared, about 300 KiB. A look-up is two loads. Immutable; safe
/// from any thread.
/// </remarks>
internal static class AdFoldTable
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;
    private const int CodePoints = 0x110000;

    private static readonly AdFolded[][] Pages = new AdFolded[CodePoints >> PageBits][];
    private static readonly AdFolded[][] Expansions;

    static AdFoldTable()
    {
        Array.Fill(Pages, new AdFolded[PageSize]);
        var file = new AdFoldFile();
        Fill(AdFoldClass.Unseen, file.Ranges("unseen"));
        Fill(AdFoldClass.Letter, file.Ranges("letter"));
        Fill(AdFoldClass.LetterWithoutBlanks, file.Ranges("letter-without-blanks"));
        Fill(AdFoldClass.Sign, [('!', '~')]);
        Fill(AdFoldClass.Digit, [('0', '9')]);
        Fill(AdFoldClass.Letter, [('a', 'z')]);
        Expansions = FillFolds([.. file.Folds()]);
    }

    /// <summary>Returns what a character becomes.</summary>
    public static AdFolded Of(Rune rune) => Of(rune.Value);

    /// <summary>Returns the characters of one that becomes several.</summary>
    public static ReadOnlySpan<AdFolded> Expand(AdFolded several) => Expansions[several.Value];

    private static AdFolded Of(int codePoint) => Pages[codePoint >> PageBits][codePoint & (PageSize - 1)];

    private static void Fill(AdFoldClass kind, IEnumerable<(int First, int Last)> ranges)
    {
        foreach (var (first, last) in ranges)
        {
            for (var codePoint = first; codePoint <= last; codePoint++)
            {
                Set(codePoint, new AdFolded(kind, codePoint));
            }
        }
    }

    // Targets fold to themselves, so their class is known by now.
    private static AdFolded[][] FillFolds(List<(int From, int[] To)> folds)
    {
        var targets = folds.ConvertAll(fold => Array.ConvertAll(fold.To, Of));
        var expansions = new List<AdFolded[]>();
        for (var i = 0; i < folds.Count; i++)
        {
            if (targets[i] is [var only])
            {
                Set(folds[i].From, only);
                continue;
            }

            Set(folds[i].From, new AdFolded(AdFoldClass.Several, expansions.Count));
            expansions.Add(targets[i]);
        }

        return [.. expansions];
    }

    private static void Set(int codePoint, AdFolded folded)
    {
        ref var page = ref Pages[codePoint >> PageBits];
        if (ReferenceEquals(page, Pages[^1]))
        {
            page = new AdFolded[PageSize];
        }

        page[codePoint & (PageSize - 1)] = folded;
    }
}
