using System.Collections.Frozen;
using System.Globalization;

namespace SignalExchange.Tokens.Canonical.Unicode;

/// <summary>Unicode 17.0 as the canonical forms need it, read once, at the first text outside ASCII.</summary>
/// <remarks>
/// Carried instead of asking the machine's ICU: its version differs by operating system, and in globalization-invariant
/// mode (the default of many container images) .NET leaves text as it is without a word. Two members would then make
/// two tokens of one identifier and never learn it. Immutable; safe from any thread.
/// </remarks>
internal static class UnicodeTables
{
    static UnicodeTables()
    {
        var reader = new UnicodeTablesReader();
        Known = reader.Set("known");
        Ignorable = reader.Set("ignorable");
        Marks = reader.Set("mark");
        CombiningRanks = reader
            .Values("combining-rank")
            .ToFrozenDictionary(pair => pair.Key, pair => int.Parse(pair.Value, CultureInfo.InvariantCulture));
        Decompositions = reader.Texts("decomposition").ToFrozenDictionary();
        Compositions = reader.Pairs("composition").ToFrozenDictionary();
        CaseFoldings = reader.Texts("case-folding").ToFrozenDictionary();
        IdnaDisallowed = reader.Set("idna-disallowed");
        IdnaMappings = reader.Texts("idna-mapped").ToFrozenDictionary();
        JoiningTypes = reader.Values("joining-type").ToFrozenDictionary(pair => pair.Key, pair => pair.Value[0]);
        Prototypes = reader.Texts("prototype").ToFrozenDictionary();
    }

    /// <summary>Gets the characters that text may hold: assigned, and neither control, private use nor noncharacter.</summary>
    public static CodePointSet Known { get; }

    /// <summary>Gets the characters that are not seen: zero-width, direction marks, variation selectors, fillers.</summary>
    public static CodePointSet Ignorable { get; }

    /// <summary>Gets the characters that attach to the one before.</summary>
    public static CodePointSet Marks { get; }

    /// <summary>Gets the order of combining marks: the canonical combining classes by rank; absent is class 0.</summary>
    public static FrozenDictionary<int, int> CombiningRanks { get; }

    /// <summary>Gets the NFKD of every character that has one, without Hangul syllables.</summary>
    public static FrozenDictionary<int, string> Decompositions { get; }

    /// <summary>Gets what NFC puts together, without Hangul.</summary>
    public static FrozenDictionary<(int First, int Second), int> Compositions { get; }

    /// <summary>Gets the full case folding (statuses C and F).</summary>
    public static FrozenDictionary<int, string> CaseFoldings { get; }

    /// <summary>Gets what UTS #46 disallows in domain names, beside the unknown.</summary>
    public static CodePointSet IdnaDisallowed { get; }

    /// <summary>Gets where UTS #46 (non-transitional) maps otherwise than NFKC_Casefold does.</summary>
    public static FrozenDictionary<int, string> IdnaMappings { get; }

    /// <summary>Gets how cursive letters join (D, L, R, T); absent is U.</summary>
    public static FrozenDictionary<int, char> JoiningTypes { get; }

    /// <summary>Gets the UTS #39 prototypes that <see cref="HandleFolding"/> uses.</summary>
    public static FrozenDictionary<int, string> Prototypes { get; }
}
