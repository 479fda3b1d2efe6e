using System.Text;

namespace SignalExchange.Tokens.Templates.Skeletons;

/// <summary>An ad's letters, folded and joined: what is left when everything that changes from repost to repost is gone.</summary>
/// <param name="letters">The letters' code points, at most <see cref="MaxLetters"/>.</param>
/// <param name="words">How many words they were.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
internal sealed class Skeleton(int[] letters, int words)
{
    /// <summary>Letters beyond these are not looked at: an ad says what it says before.</summary>
    public const int MaxLetters = 4_000;

    public ReadOnlySpan<int> Letters => letters;

    public int Words => words;

    /// <summary>Reads an ad. Linear in its length, and the end of a text beyond the cap is not read.</summary>
    public static Skeleton Of(string ad)
    {
        var builder = new SkeletonBuilder();
        new SkeletonReader(builder).Read(ad);
        return builder.ToSkeleton();
    }

    /// <summary>Returns a part of it, as if it had enough words.</summary>
    public Skeleton Slice(int start, int length) => new(letters.AsSpan(start, length).ToArray(), words);

    /// <summary>Returns the letters as text.</summary>
    public string ToText()
    {
        var text = new StringBuilder(letters.Length);
        foreach (var letter in letters)
        {
            text.Append(new Rune(letter).ToString());
        }

        return text.ToString();
    }
}
