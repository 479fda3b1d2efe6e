using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <content>One factory a kind of identifier. Each takes time linear in the length of its input, and refuses what is too long.</content>
public sealed partial class Identifier
{
    /// <summary>Reads a telephone number, however it is spelled: E.164 without extension.</summary>
    /// <param name="raw">For example <c>+1 (202) 555-0143</c>; at most 100 characters.</param>
    /// <param name="defaultRegion">ISO 3166 region in which a national number is read; null refuses national numbers.</param>
    public static IdentifierResult Phone(string raw, string? defaultRegion = null) =>
        Make(IndicatorType.PhoneE164, PhoneForm.Make(raw, defaultRegion));

    /// <summary>Reads an e-mail address: A-label domain and local part in lower case, aliases of known providers removed.</summary>
    /// <param name="raw">For example <c>Jo.Doe+x@gmail.com</c>; at most 320 characters.</param>
    public static IdentifierResult Email(string raw) => Make(IndicatorType.Email, EmailForm.Make(raw));

    /// <summary>Reads an account's handle: case and confusable characters folded.</summary>
    /// <param name="platform">The platform's name, for example <c>photo.example</c>.</param>
    /// <param name="handle">For example <c>@jo.doe</c>; at most 128 characters.</param>
    public static IdentifierResult AccountHandle(string platform, string handle) =>
        Make(IndicatorType.AccountHandle, HandleForm.Make(platform, handle));

    /// <summary>Reads a fingerprint of named parts; their order does not matter.</summary>
    /// <param name="parts">1 to 32 parts; at least one with 64 bits of entropy by itself.</param>
    public static IdentifierResult AccountFingerprint(IReadOnlyDictionary<string, string> parts) =>
        Make(IndicatorType.AccountFingerprint, FingerprintForm.Make(parts));

    /// <summary>Reads a payment service's handle.</summary>
    /// <param name="provider">The provider's name, for example <c>cash.example</c>.</param>
    /// <param name="handle">For example <c>$jodoe</c>; at most 128 characters.</param>
    public static IdentifierResult PaymentHandle(string provider, string handle) =>
        Make(IndicatorType.PaymentHandle, HandleForm.Make(provider, handle));

    /// <summary>Reads an IBAN: checksum and country's length verified.</summary>
    /// <param name="raw">For example <c>GB29 NWBK 6016 1331 9268 19</c>; at most 64 characters.</param>
    public static IdentifierResult Iban(string raw) => Make(IndicatorType.Iban, IbanForm.Make(raw));

    /// <summary>Reads a wallet's address: checksum verified, one spelling.</summary>
    /// <param name="chain"><c>bitcoin</c>, <c>litecoin</c>, <c>dogecoin</c>, <c>tron</c> or <c>ethereum</c> (which stands for every EVM chain).</param>
    /// <param name="address">The address; at most 128 characters.</param>
    public static IdentifierResult CryptoWallet(string chain, string address) =>
        Make(IndicatorType.CryptoWallet, WalletForm.Make(chain, address));

    /// <summary>Reads a web address: without scheme, fragment and tracking parameters.</summary>
    /// <param name="raw">For example <c>https://www.example.com/a?utm_source=x</c>; at most 2,048 characters.</param>
    public static IdentifierResult Url(string raw) => Make(IndicatorType.Url, UrlForm.Make(raw));

    /// <summary>Reads an invitation to a group or channel of a known service.</summary>
    /// <param name="raw">For example <c>https://t.me/+AbCdEf</c>; at most 2,048 characters.</param>
    public static IdentifierResult InviteLink(string raw) => Make(IndicatorType.InviteLink, InviteLinkForm.Make(raw));

    /// <summary>Reads an identifier of a kind that is known at run time, as command lines and imports do.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="raw">The text; for a fingerprint <c>name=value;name=value</c>, with <c>\</c> before a literal <c>;</c> or <c>\</c>.</param>
    /// <param name="namespace">Platform, provider or chain, for the kinds that have one.</param>
    /// <param name="defaultRegion">For telephone numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or not of this contract.</exception>
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
            IndicatorType.AccountHandle => AccountHandle(@namespace ?? "", raw),
            IndicatorType.AccountFingerprint => FingerprintForm.TryReadParts(raw, out var parts)
                ? AccountFingerprint(parts)
                : new IdentifierResult(null, CanonicalProblem.Malformed),
            IndicatorType.PaymentHandle => PaymentHandle(@namespace ?? "", raw),
            IndicatorType.Iban => Iban(raw),
            IndicatorType.CryptoWallet => CryptoWallet(@namespace ?? "", raw),
            IndicatorType.Url => Url(raw),
            IndicatorType.InviteLink => InviteLink(raw),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an indicator type of this contract."),
        };

    private static IdentifierResult Make(IndicatorType type, CanonicalForm form) =>
        form.Bytes is { } bytes ? new(new Identifier(type, bytes), CanonicalProblem.None) : new(null, form.Problem);
}
