using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical;

/// <summary>The code and the words of every <see cref="CanonicalProblem"/>.</summary>
/// <remarks>Fixed texts: none takes an argument, so that no content can leak through one. Safe from any thread.</remarks>
public static class CanonicalProblems
{
    private static readonly FrozenDictionary<CanonicalProblem, (string Code, string Text)> Entries = new Dictionary<
        CanonicalProblem,
        (string Code, string Text)
    >
    {
        [CanonicalProblem.None] = ("NONE", "Nothing is wrong. There is nothing to do."),
        [CanonicalProblem.Empty] = ("EMPTY", "There is no text. Leave the row out."),
        [CanonicalProblem.TooLong] = (
            "TOO_LONG",
            "The text is longer than any identifier of this type. Pass one identifier without anything around it."
        ),
        [CanonicalProblem.CharacterNotAllowed] = (
            "CHARACTER_NOT_ALLOWED",
            "The text holds a character that identifiers of this type never have. Check the export's encoding and the column."
        ),
        [CanonicalProblem.TypeUnknown] = (
            "TYPE_UNKNOWN",
            "The type is not one of this contract. Use a slug from the list of indicator types."
        ),
        [CanonicalProblem.NamespaceMissing] = (
            "NAMESPACE_MISSING",
            "This type needs a namespace: the platform, provider or chain. Name it."
        ),
        [CanonicalProblem.NamespaceMalformed] = (
            "NAMESPACE_MALFORMED",
            "The namespace is not a slug. Write 1 to 64 letters, digits, dots and hyphens, with a letter or digit at both ends."
        ),
        [CanonicalProblem.NamespaceNotTaken] = (
            "NAMESPACE_NOT_TAKEN",
            "This type takes no namespace. Leave it out, or check the type."
        ),
        [CanonicalProblem.TypeOfAds] = (
            "TYPE_OF_ADS",
            "An advertisement is not one identifier. Make a sketch of it, which has a token for each of its bands."
        ),
        [CanonicalProblem.RegionMissing] = (
            "REGION_MISSING",
            "The number has no country code and no region was given. Pass the region, or the number with + and its country code."
        ),
        [CanonicalProblem.RegionUnknown] = (
            "REGION_UNKNOWN",
            "The region is not a country with telephone numbers. Use its ISO 3166 code of two letters."
        ),
        [CanonicalProblem.PhoneMalformed] = (
            "PHONE_MALFORMED",
            "The text is not a telephone number. Pass the number alone, without words."
        ),
        [CanonicalProblem.PhoneSeveral] = (
            "PHONE_SEVERAL",
            "The text holds more than one telephone number. Pass them one by one."
        ),
        [CanonicalProblem.PhoneInvalid] = (
            "PHONE_INVALID",
            "The number does not exist in its country's numbering plan. Check the digits and the region."
        ),
        [CanonicalProblem.PhoneNotDiallable] = (
            "PHONE_NOT_DIALLABLE",
            "The number is a short, emergency or service code, which names no person. Leave it out."
        ),
        [CanonicalProblem.EmailMalformed] = (
            "EMAIL_MALFORMED",
            "The text is not an e-mail address: one @ with something on both sides. Pass the address alone."
        ),
        [CanonicalProblem.EmailSeveral] = (
            "EMAIL_SEVERAL",
            "The text holds more than one e-mail address. Pass them one by one."
        ),
        [CanonicalProblem.EmailLocalPartNotAllowed] = (
            "EMAIL_LOCAL_PART_NOT_ALLOWED",
            "The part before the @ must be 1 to 64 bytes without quotes, comments, blanks or misplaced dots. Check the address."
        ),
        [CanonicalProblem.HostIsAddress] = (
            "HOST_IS_ADDRESS",
            "The host is an IP address, which names a machine for a while and no person. Leave it out."
        ),
        [CanonicalProblem.HostMalformed] = (
            "HOST_MALFORMED",
            "The host is not a name in the public DNS. Check the spelling after the @ or the //."
        ),
        [CanonicalProblem.HostNotPublic] = (
            "HOST_NOT_PUBLIC",
            "The host is private, local or reserved, so it means another machine for everybody. Leave it out."
        ),
        [CanonicalProblem.HandleMalformed] = (
            "HANDLE_MALFORMED",
            "The handle is a link, or has no letter or digit in it. Pass the name alone."
        ),
        [CanonicalProblem.HandleIsAddress] = (
            "HANDLE_IS_ADDRESS",
            "The handle is an e-mail address or a telephone number. Pass it under its own type, so that it is one indicator."
        ),
        [CanonicalProblem.FingerprintPartMalformed] = (
            "FINGERPRINT_PART_MALFORMED",
            "A part needs a name of 1 to 64 letters, digits, dots, hyphens or underscores, and a value. Write name=value."
        ),
        [CanonicalProblem.FingerprintPartTwice] = (
            "FINGERPRINT_PART_TWICE",
            "Two parts have the same name. Give each its own."
        ),
        [CanonicalProblem.FingerprintTooManyParts] = (
            "FINGERPRINT_TOO_MANY_PARTS",
            "There are more than 16 parts. Pass the strongest ones: members match only on the same parts."
        ),
        [CanonicalProblem.FingerprintTooWeak] = (
            "FINGERPRINT_TOO_WEAK",
            "No part looks like an id of 64 bits or more, so strangers share it. Weak parts stay weak together; pass a device or installation id."
        ),
        [CanonicalProblem.IbanMalformed] = (
            "IBAN_MALFORMED",
            "The text does not have the length and structure of its country's IBANs. Check for missing characters."
        ),
        [CanonicalProblem.IbanCountryUnknown] = (
            "IBAN_COUNTRY_UNKNOWN",
            "The first two letters are no country that issues IBANs. Check that it is an IBAN."
        ),
        [CanonicalProblem.ChecksumWrong] = (
            "CHECKSUM_WRONG",
            "The checksum is wrong, so a character is. Copy it again from the source."
        ),
        [CanonicalProblem.ChainUnknown] = (
            "CHAIN_UNKNOWN",
            "Addresses of this chain have no canonical form yet. Leave it out; a guess would match nobody."
        ),
        [CanonicalProblem.WalletMalformed] = (
            "WALLET_MALFORMED",
            "The text is not an address of this chain. Check the chain, and pass the address alone."
        ),
        [CanonicalProblem.WalletTestNetwork] = (
            "WALLET_TEST_NETWORK",
            "The address belongs to a test network, where no money moves. Leave it out."
        ),
        [CanonicalProblem.UrlMalformed] = (
            "URL_MALFORMED",
            "The text is not one web address. Pass the address alone, without blanks."
        ),
        [CanonicalProblem.UrlSchemeNotAllowed] = (
            "URL_SCHEME_NOT_ALLOWED",
            "Only http and https addresses have a canonical form. Leave it out, or pass it under its own type."
        ),
        [CanonicalProblem.UrlHasCredentials] = (
            "URL_HAS_CREDENTIALS",
            "The address holds a user name or password before an @. Pass it without."
        ),
        [CanonicalProblem.UrlIsInvite] = (
            "URL_IS_INVITE",
            "The address is an invitation to a group or channel. Pass it as an invite link, so that it is one indicator."
        ),
        [CanonicalProblem.InviteMalformed] = (
            "INVITE_MALFORMED",
            "The link is not an invitation with a code. Pass a person's name as an account handle and a number as a telephone number."
        ),
        [CanonicalProblem.InviteServiceUnknown] = (
            "INVITE_SERVICE_UNKNOWN",
            "The service's invitations have no canonical form. Pass the link as a URL."
        ),
    }.ToFrozenDictionary();

    /// <summary>Returns the name for files and other languages, for example <c>TOO_LONG</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such problem.</exception>
    public static string CodeOf(CanonicalProblem problem) => Find(problem).Code;

    /// <summary>Returns what is wrong and what to do, in one or two sentences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such problem.</exception>
    public static string TextOf(CanonicalProblem problem) => Find(problem).Text;

    private static (string Code, string Text) Find(CanonicalProblem problem) =>
        Entries.TryGetValue(problem, out var entry)
            ? entry
            : throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of a canonical form.");
}
