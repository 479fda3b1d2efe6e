namespace SignalExchange.Tokens.Canonical;

/// <summary>Why something has no canonical form.</summary>
public enum CanonicalProblem
{
    /// <summary>There is no problem.</summary>
    None = 0,

    /// <summary>Nothing is left after blanks are removed.</summary>
    Empty,

    /// <summary>It is longer than such an identifier can be.</summary>
    TooLong,

    /// <summary>It does not have the shape of such an identifier.</summary>
    Malformed,

    /// <summary>A national number needs a region to be read in.</summary>
    RegionMissing,

    /// <summary>The region is not one that libphonenumber knows.</summary>
    RegionUnknown,

    /// <summary>The number is in no number plan: mistyped, or made up.</summary>
    NumberInvalid,

    /// <summary>The number cannot be dialled from everywhere: a short code, an emergency number, a voice mailbox.</summary>
    NumberNotDiallable,

    /// <summary>There is more than one number in it.</summary>
    SeveralNumbers,

    /// <summary>The domain is no domain of the public Internet.</summary>
    DomainInvalid,

    /// <summary>The checksum is wrong: mistyped, or made up.</summary>
    ChecksumWrong,

    /// <summary>The namespace (platform, provider, chain) is missing or not a lower-case name.</summary>
    NamespaceInvalid,

    /// <summary>The chain or service is not one with a canonical form.</summary>
    KindUnknown,

    /// <summary>The parts together could be guessed: none of them alone has 64 bits of entropy.</summary>
    TooWeak,

    /// <summary>The address carries a user name or password.</summary>
    CredentialsInside,

    /// <summary>The country does not use such numbers, or the length is wrong for it.</summary>
    CountryInvalid,

    /// <summary>Refused for being shared by construction: a loopback, private or local address.</summary>
    NotPublic,
}
