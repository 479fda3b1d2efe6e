using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <content>How identifiers are made: one factory a kind.</content>
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

    /// <summary>Makes the identifier of an account by the name that people see.</summary>
    /// <param name="platform">The platform's slug, for example <c>instagram</c>: 1 to 64 letters, digits, dots and hyphens.</param>
    /// <param name="handle">The handle, with or without its @; 1 to 256 characters.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IdentifierResult AccountHandle(string platform, string handle)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(handle);
        return AccountHandleCanonicalForm.Make(platform, handle);
    }

    /// <summary>Makes the identifier of a device or account by named parts.</summary>
    /// <param name="parts">
    /// 1 to 16 parts in any order: names of letters, digits, dots, hyphens and underscores, values of 1 to 512 characters.
    /// At least one value must look like an id of 64 bits or more.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="parts"/> is null.</exception>
    public static IdentifierResult AccountFingerprint(IReadOnlyDictionary<string, string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return AccountFingerprintCanonicalForm.Make(parts);
    }

    /// <summary>Makes the identifier of a handle of a payment service.</summary>
    /// <param name="provider">The provider's slug, for example <c>cashapp</c>.</param>
    /// <param name="handle">The handle, with or without its sigil or link; 1 to 256 characters.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IdentifierResult PaymentHandle(string provider, string handle)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(handle);
        return PaymentHandleCanonicalForm.Make(provider, handle);
    }

    /// <summary>Makes the identifier of a bank account.</summary>
    /// <param name="raw">The IBAN, with or without blanks and hyphens; 1 to 96 characters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="raw"/> is null.</exception>
    public static IdentifierResult Iban(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return IbanCanonicalForm.Make(raw);
    }

    /// <summary>Makes the identifier of a wallet.</summary>
    /// <param name="chain">
    /// <c>bitcoin</c>, <c>litecoin</c>, <c>dogecoin</c>, <c>ethereum</c> (and every chain with its virtual machine),
    /// <c>tron</c>, <c>solana</c> or <c>monero</c>.
    /// </param>
    /// <param name="address">The address, bare or as a payment link; 1 to 256 characters.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IdentifierResult CryptoWallet(string chain, string address)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(address);
        return CryptoWalletCanonicalForm.Make(chain, address);
    }

    /// <summary>Makes the identifier of a web address.</summary>
    /// <param name="raw">One http or https address, with or without its scheme; 1 to 4,096 characters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="raw"/> is null.</exception>
    public static IdentifierResult Url(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return UrlCanonicalForm.Make(raw);
    }

    /// <summary>Makes the identifier of an invitation to a group or channel.</summary>
    /// <param name="raw">The link, with or without its scheme; 1 to 4,096 characters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="raw"/> is null.</exception>
    public static IdentifierResult InviteLink(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return InviteLinkCanonicalForm.Make(raw);
    }
}
