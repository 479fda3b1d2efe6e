using System.Collections.Frozen;
using SignalExchange.Tokens.Templates.Folding;

namespace SignalExchange.Tokens.Templates.Skeletons;

/// <summary>Finds web addresses, e-mail addresses and handles in a text without blanks.</summary>
/// <remarks>
/// By hand and not by a regular expression: each rule is one pass over at most <see cref="SkeletonReader.MaxTokenLength"/>
/// characters, so no text is slow. Nothing is ever joined across a blank, or <c>here. In</c> would be a domain.
/// </remarks>
internal static class WebTokens
{
    // Endings that are a domain without anything behind; those that are English words (in, it, me, to ...) need a path.
    private static readonly FrozenSet<string> Endings = FrozenSet.ToFrozenSet(
        "com net org edu gov mil info biz name xyz top site online shop club live app dev link vip chat tel mobi asia io tv cc co ly gg uk ca au nz de fr nl es pt ru ua br mx ar cl jp cn hk tw kr sg ph th vn tr gr se dk fi pl cz ch eu ie za ng ke".Split(
            ' '
        ),
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownEndings =
        Endings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Returns where a web address with its scheme begins; -1 for nowhere.</summary>
    public static int FindScheme(ReadOnlySpan<AdFolded> text)
    {
        for (var i = 1; i + 2 < text.Length; i++)
        {
            if (text[i].Is(':') && text[i + 1].Is('/') && text[i + 2].Is('/'))
            {
                while (i > 0 && text[i - 1].IsLetter)
                {
                    i--;
                }

                return i;
            }
        }

        return -1;
    }

    /// <summary>Returns whether the text, without punctuation around it, is an address or a handle.</summary>
    public static bool IsAddress(ReadOnlySpan<AdFolded> text)
    {
        text = Trim(text);
        var at = IndexOf(text, '@');
        return at switch
        {
            0 => IsHandle(text[1..]),
            > 0 => IsHost(text[(at + 1)..], isPathNeeded: false, anyEnding: true),
            _ => StartsWithWww(text) || IsHost(text, isPathNeeded: true, anyEnding: false),
        };
    }

    private static bool StartsWithWww(ReadOnlySpan<AdFolded> text) =>
        text is [var a, var b, var c, var dot, _, ..] && a.Is('w') && b.Is('w') && c.Is('w') && dot.Is('.');

    // A short one is a word with a sign for its first letter: @nd, @ll, @way.
    private static bool IsHandle(ReadOnlySpan<AdFolded> name) => name.Length > 4 && !HasSignBut(name, "_.");

    private static bool IsHost(ReadOnlySpan<AdFolded> text, bool isPathNeeded, bool anyEnding)
    {
        var slash = IndexOf(text, '/');
        var host = slash < 0 ? text : text[..slash];
        var dot = LastIndexOf(host, '.');
        if (dot <= 0 || HasSignBut(host, "-._"))
        {
            return false;
        }

        var ending = host[(dot + 1)..];
        return anyEnding || (slash > 0 && isPathNeeded) ? ending.Length >= 2 && AreLetters(ending) : IsKnown(ending);
    }

    private static bool IsKnown(ReadOnlySpan<AdFolded> ending)
    {
        Span<char> text = stackalloc char[8];
        return AsciiWord.TryCopy(ending, text, out var length) && KnownEndings.Contains(text[..length]);
    }

    private static ReadOnlySpan<AdFolded> Trim(ReadOnlySpan<AdFolded> text)
    {
        while (!text.IsEmpty && text[^1].Class is AdFoldClass.Sign && !text[^1].Is('/'))
        {
            text = text[..^1];
        }

        while (!text.IsEmpty && text[0].Class is AdFoldClass.Sign && !text[0].Is('@'))
        {
            text = text[1..];
        }

        return text;
    }

    private static bool AreLetters(ReadOnlySpan<AdFolded> text)
    {
        foreach (var c in text)
        {
            if (!c.IsLetter)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasSignBut(ReadOnlySpan<AdFolded> text, string allowed)
    {
        foreach (var c in text)
        {
            if (c.Class is AdFoldClass.Sign && !allowed.Contains((char)c.Value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static int IndexOf(ReadOnlySpan<AdFolded> text, char sign) =>
        text.IndexOf(new AdFolded(AdFoldClass.Sign, sign));

    private static int LastIndexOf(ReadOnlySpan<AdFolded> text, char sign) =>
        text.LastIndexOf(new AdFolded(AdFoldClass.Sign, sign));
}
