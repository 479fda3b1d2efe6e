using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace SignalExchange.Tokens.Canonical.Handles;

/// <summary>Names of platforms, providers and chains: 1 to 64 lower-case letters, digits, dots and hyphens.</summary>
internal static class NamespaceSlug
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789.-"
    );

    /// <summary>Reads a slug and, where members are known to use several, returns the one that all use.</summary>
    /// <param name="raw">The namespace as it was given, any case.</param>
    /// <param name="aliases">Other names of namespaces, part of the form's version.</param>
    /// <param name="slug">The slug.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Read(string raw, FrozenDictionary<string, string> aliases, out string slug)
    {
        var text = raw.Trim();
        var lower = text.ToLowerInvariant();
        slug = aliases.GetValueOrDefault(lower, lower);
        return text.Length == 0 ? CanonicalProblem.NamespaceMissing
            : Ascii.IsValid(text) && IsSlug(lower) ? CanonicalProblem.None
            : CanonicalProblem.NamespaceMalformed;
    }

    private static bool IsSlug(string text) =>
        text.Length <= MaxLength
        && !text.AsSpan().ContainsAnyExcept(Characters)
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1]);
}
