using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Fingerprints;

namespace SignalExchange.Tokens.Canonical;

/// <summary>A device or account by named parts: sorted, length-prefixed, refused if no part is strong enough to be an id.</summary>
/// <remarks>
/// Members match only if they pass the same parts, so a platform pair agrees on one part per fingerprint where it can. The
/// floor of 64 bits keeps out what many devices share (a match would accuse strangers) and what can be enumerated.
/// </remarks>
internal static class AccountFingerprintCanonicalForm
{
    /// <summary>The least estimate of the strongest part; see <see cref="EntropyEstimate"/>.</summary>
    public const double MinBits = 64;

    /// <summary>Returns the fingerprint of parts.</summary>
    public static IdentifierResult Make(IReadOnlyDictionary<string, string> parts)
    {
        if (parts.Count == 0)
        {
            return IdentifierResult.Refuse(CanonicalProblem.Empty);
        }

        if (parts.Count > FingerprintParts.MaxParts)
        {
            return IdentifierResult.Refuse(CanonicalProblem.FingerprintTooManyParts);
        }

        var folded = new FingerprintParts();
        foreach (var (name, value) in parts)
        {
            var problem = folded.Add(name, value ?? "");
            if (problem is not CanonicalProblem.None)
            {
                return IdentifierResult.Refuse(problem);
            }
        }

        return Accept(folded);
    }

    /// <summary>Returns the fingerprint of parts in one text, as <see cref="FingerprintText"/> reads them.</summary>
    public static IdentifierResult Make(string raw)
    {
        var problem = RawText.Read(raw, FingerprintText.MaxLength, out var text);
        var folded = new FingerprintParts();
        if (problem is CanonicalProblem.None)
        {
            problem = FingerprintText.Read(text, folded);
        }

        return problem is CanonicalProblem.None ? Accept(folded) : IdentifierResult.Refuse(problem);
    }

    private static IdentifierResult Accept(FingerprintParts parts) =>
        parts.Bits >= MinBits
            ? IdentifierResult.Accept(IndicatorType.AccountFingerprint, parts.ToBytes())
            : IdentifierResult.Refuse(CanonicalProblem.FingerprintTooWeak);
}
