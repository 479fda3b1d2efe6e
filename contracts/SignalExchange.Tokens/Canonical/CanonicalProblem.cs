namespace SignalExchange.Tokens.Canonical;

/// <summary>Why a raw text has no canonical form. The words stand in <see cref="CanonicalProblems"/>.</summary>
/// <remarks>The vectors in <c>contracts/vectors/canonical</c> name problems by their code, for example <c>TOO_LONG</c>.</remarks>
public enum CanonicalProblem
{
    /// <summary>Nothing is wrong; never the problem of a refusal.</summary>
    None = 0,

    /// <summary>The text is empty or blank.</summary>
    Empty = 1,

    /// <summary>The text is longer than any identifier of its kind.</summary>
    TooLong = 2,

    /// <summary>The text holds a character that this kind never has, a control character, half a surrogate pair or one unknown to the pinned Unicode version.</summary>
    CharacterNotAllowed = 3,

    /// <summary>The type is not one of the contract.</summary>
    TypeUnknown = 4,

    /// <summary>The type needs a namespace (platform, provider or chain) and none was given.</summary>
    NamespaceMissing = 5,

    /// <summary>The namespace is not a slug.</summary>
    NamespaceMalformed = 6,

    /// <summary>The type takes no namespace, yet one was given.</summary>
    NamespaceNotTaken = 7,

    /// <summary>The type is that of advertisements, which are compared by many bands and not by one identifier.</summary>
    TypeOfAds = 8,

    /// <summary>A national number came without a region to read it in.</summary>
    RegionMissing = 20,

    /// <summary>The region is not a country that has telephone numbers.</summary>
    RegionUnknown = 21,

    /// <summary>The text is not a telephone number.</summary>
    PhoneMalformed = 22,

    /// <summary>The text holds more than one telephone number.</summary>
    PhoneSeveral = 23,

    /// <summary>The number is not valid in its country's numbering plan.</summary>
    PhoneInvalid = 24,

    /// <summary>The number cannot be dialled from abroad: a short code, an emergency number or a service code.</summary>
    PhoneNotDiallable = 25,

    /// <summary>The text is not one e-mail address.</summary>
    EmailMalformed = 30,

    /// <summary>The text holds more than one e-mail address.</summary>
    EmailSeveral = 31,

    /// <summary>The part before the @ is quoted or commented, longer than 64 bytes, or not a dot-atom.</summary>
    EmailLocalPartNotAllowed = 32,

    /// <summary>The domain is an address in numbers.</summary>
    HostIsAddress = 33,

    /// <summary>The domain or host is not a name in the public DNS.</summary>
    HostMalformed = 34,

    /// <summary>The host is private, local or reserved: it means another machine, or none, for everybody.</summary>
    HostNotPublic = 35,

    /// <summary>The handle holds a slash, or no letter, digit or symbol.</summary>
    HandleMalformed = 40,

    /// <summary>The payment handle is an e-mail address or a telephone number.</summary>
    HandleIsAddress = 41,

    /// <summary>A part has no name of letters, digits, dots, hyphens and underscores, or no value.</summary>
    FingerprintPartMalformed = 50,

    /// <summary>Two parts have one name.</summary>
    FingerprintPartTwice = 51,

    /// <summary>There are more than 16 parts.</summary>
    FingerprintTooManyParts = 52,

    /// <summary>No part is estimated to hold 64 bits.</summary>
    FingerprintTooWeak = 53,

    /// <summary>The text does not have the length and structure of its country's IBANs.</summary>
    IbanMalformed = 60,

    /// <summary>The first two letters are no country that issues IBANs.</summary>
    IbanCountryUnknown = 61,

    /// <summary>The check digits or the checksum are wrong.</summary>
    ChecksumWrong = 62,

    /// <summary>The chain has no canonical form in this version.</summary>
    ChainUnknown = 70,

    /// <summary>The text is not an address of the chain.</summary>
    WalletMalformed = 71,

    /// <summary>The address belongs to a test network, where coins have no value.</summary>
    WalletTestNetwork = 72,

    /// <summary>The text is not one web address.</summary>
    UrlMalformed = 80,

    /// <summary>The scheme is neither http nor https.</summary>
    UrlSchemeNotAllowed = 81,

    /// <summary>The address holds a user name or password.</summary>
    UrlHasCredentials = 82,

    /// <summary>The address is an invitation to a group or channel.</summary>
    UrlIsInvite = 83,

    /// <summary>The service is known, but the link is no invitation.</summary>
    InviteMalformed = 90,

    /// <summary>The service's invitations have no canonical form.</summary>
    InviteServiceUnknown = 91,
}
