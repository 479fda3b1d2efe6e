using System.Text;
using SignalExchange.Tokens.Canonical.Unicode;

namespace SignalExchange.Tokens.Canonical.Handles;

/// <summary>A handle without its sigil, folded: what stands behind a namespace in two types of identifier.</summary>
internal static class HandleText
{
    /// <summary>The longest text that is looked at. The longest handles in use have 64 characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Folds a handle.</summary>
    /// <param name="text">Text of known characters.</param>
    /// <param name="sigils">Signs before the handle that are no part of it, for example the @.</param>
    /// <param name="handle">The folded handle.</param>
    /// <returns>Whether it can be a handle: a letter, digit or symbol in it, and no slash.</returns>
    public static bool TryFold(string text, string sigils, out string handle)
    {
        // Before folding, too: the euro sign folds to a letter that resembles it.
        var edge = $" {sigils}";
        var bare = HandleFolding.Fold(text.TrimStart(edge.ToCharArray()));
        handle = WithSingleBlanks(bare).TrimStart(edge.ToCharArray()).TrimEnd(' ');

        // A slash means that a link was passed; folding a part of it would name nobody or somebody else.
        return !handle.AsSpan().ContainsAny('/', '\\') && handle.Any(IsSubstance);
    }

    // Gamertags have blanks in them, and people type two.
    private static string WithSingleBlanks(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var isBlank = char.IsWhiteSpace(c);
            if (!isBlank || (result.Length > 0 && result[^1] != ' '))
            {
                result.Append(isBlank ? ' ' : c);
            }
        }

        return result.ToString();
    }

    // Dashes and dots alone are how exports write "none". An underscore alone is a handle on some platforms.
    private static bool IsSubstance(char c) => c == '_' || !(char.IsPunctuation(c) || char.IsWhiteSpace(c));
}
