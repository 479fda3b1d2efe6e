using System.Collections.Frozen;

namespace SignalExchange.Tokens.Templates.Skeletons;

/// <summary>Words that say a number: they differ from repost to repost, so they are left out.</summary>
internal static class Numbers
{
    /// <summary>The longest word of either list.</summary>
    public const int MaxLength = 5;

    // "two one two": how telephone numbers are written to pass filters.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Spelled = Set(
        "zero one two three four five six seven eight nine"
    );

    // What follows a number without a blank: 23rd, 10am, 30min, 120lbs.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Units = Set(
        "st rd th am pm hr hrs min mins yo yr yrs lb lbs kg cm mm km usd eur gbp"
    );

    // The same, where one digit before could be a letter: 4nd is "and", 1s is "is", 7h is half of "the".
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DoubtfulUnits = Set("nd s m k x h");

    public static bool IsSpelled(ReadOnlySpan<char> word) => Spelled.Contains(word);

    public static bool IsUnit(ReadOnlySpan<char> word, int digits) =>
        Units.Contains(word) || (digits > 1 && DoubtfulUnits.Contains(word));

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
