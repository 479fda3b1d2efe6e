using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical.Domains;

/// <summary>Names that mean another machine for everybody: a signal on one would match strangers.</summary>
/// <remarks>
/// The names reserved for documents and tests (<c>example</c>, <c>test</c>, <c>invalid</c>) are let through: nobody has them, and
/// platforms need identifiers to try things with.
/// </remarks>
internal static class SpecialUseDomains
{
    // RFC 6761 and 6762, RFC 8375 (home.arpa), ICANN's "internal" of 2024, and the private names of RFC 6762, appendix G.
    private static readonly FrozenSet<string> TopLevel = new[]
    {
        "localhost",
        "local",
        "localdomain",
        "internal",
        "intranet",
        "private",
        "corp",
        "home",
        "lan",
        "arpa",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Returns whether the name ends in one of them.</summary>
    public static bool Contains(IReadOnlyList<string> labels) => TopLevel.Contains(labels[^1]);
}
