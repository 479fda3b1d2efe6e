using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <content>The way in for tools that learn the kind of an identifier at run time.</content>
public sealed partial class Identifier
{
    /// <summary>Makes the identifier of a text whose kind is known at run time only: a CSV row, a command's argument.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="raw">
    /// The text. For <see cref="IndicatorType.AccountFingerprint"/> its parts as <c>name=value;name=value</c>, at most 8,192
    /// characters, where a backslash makes the next character plain: <c>\;</c>, <c>\=</c>, <c>\\</c>.
    /// </param>
    /// <param name="namespace">
    /// The platform, provider or chain, for the three types that have one; null or blank for the others, which refuse it.
    /// </param>
    /// <param name="defaultRegion">The region of national telephone numbers; not looked at for other types.</param>
    /// <returns>The identifier, or a refusal; <see cref="CanonicalProblem.TypeUnknown"/> for a type not of this contract.
    /// Advertisements are made by <c>AdSketch</c> and refused here.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="raw"/> is null.</exception>
    public static IdentifierResult Parse(
        IndicatorType type,
        string raw,
        string? @namespace = null,
        string? defaultRegion = null
    )
    {
        ArgumentNullException.ThrowIfNull(raw);
        return type switch
        {
            IndicatorType.AccountHandle => AccountHandle(@namespace ?? "", raw),
            IndicatorType.PaymentHandle => PaymentHandle(@namespace ?? "", raw),
            IndicatorType.CryptoWallet => CryptoWallet(@namespace ?? "", raw),
            _ => string.IsNullOrWhiteSpace(@namespace)
                ? ParseAlone(type, raw, defaultRegion)
                : IdentifierResult.Refuse(CanonicalProblem.NamespaceNotTaken),
        };
    }

    private static IdentifierResult ParseAlone(IndicatorType type, string raw, string? defaultRegion) =>
        type switch
        {
            IndicatorType.PhoneE164 => Phone(raw, defaultRegion),
            IndicatorType.Email => Email(raw),
            IndicatorType.AccountFingerprint => AccountFingerprintCanonicalForm.Make(raw),
            IndicatorType.Iban => Iban(raw),
            IndicatorType.Url => Url(raw),
            IndicatorType.InviteLink => InviteLink(raw),
            IndicatorType.AdTemplate => IdentifierResult.Refuse(CanonicalProblem.TypeOfAds),
            _ => IdentifierResult.Refuse(CanonicalProblem.TypeUnknown),
        };
}
