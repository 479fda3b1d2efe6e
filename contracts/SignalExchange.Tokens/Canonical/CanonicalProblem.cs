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
}
