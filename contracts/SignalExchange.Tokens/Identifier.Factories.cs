using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <content>How identifiers are made: one factory a kind, and <see cref="Parse"/> for tools that learn the kind at run time.</content>
/// <remarks>
/// What cannot be made canonical is a refusal, never an exception; only a null argument throws. Each factory is a pure
/// function of its arguments: no culture, no clock, no network, the same on every operating system. Linear in the length
/// of the text, which each form caps.
/// </remarks>
public sealed partial class Identifier
{
    /// <summary>Makes the identifier of a telephone number.</summary>
    /// <param name="raw">The number as people write it, 1 to 250 characters; an extension is dropped.</param>
    /// <param name="defaultRegion">
    /// The ISO 3166 country whose dialling habits to read a national number with, for example <c>US</c>; null refuses
    /// every number without its country code, because a guess would name somebody else.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="raw"/> is null.</exception>
    public static IdentifierResult Phone(string raw, string? defaultRegion = null)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return PhoneCanonicalForm.Make(raw, defaultRegion);
    }

    /// <summary>Makes the identifier of an e-mail address.</summary>
    /// <param name="raw">One address, bare, as <c>Name &lt;address&gt;</c> or as a <c>mailto:</c> link; 1 to 512 characters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="raw"/> is null.</exception>
    public static IdentifierResult Email(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return EmailCanonicalForm.Make(raw);
    }

    /// <summary>Makes the identifier of a text whose kind is known at run time only: a CSV column, a command's argument.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="raw">
    /// The text. For <see cref="IndicatorType.AccountFingerprint"/> its parts as <c>name=value;name=value</c>, where
    /// <c>\;</c>, <c>\=</c> and <c>\\</c> stand for the character itself.
    /// </param>
    /// <param name="namespace">The platform, provider or chain, for the three types that have one; null or empty for the others.</param>
    /// <param name="defaultRegion">The region of national telephone numbers; not looked at for other types.</param>
    /// <exception cref="ArgumentNullException"><paramref name="raw"/> is null.</exception>
    public static IdentifierResult Parse(
        IndicatorType type,
        string raw,
        string? @namespace = null,
        string? defaultRegion = null
    ) =>
        type switch
        {
            IndicatorType.PhoneE164 => Phone(raw, defaultRegion),
            IndicatorType.Email => Email(raw),
            _ => IdentifierResult.Refuse(CanonicalProblem.TypeUnknown),
        };
}
