namespace SignalExchange.Tokens.Canonical;

/// <summary>The words for each <see cref="CanonicalProblem"/>; never anything of the content.</summary>
public static class CanonicalProblems
{
    /// <summary>Returns what is wrong and what to do.</summary>
    public static string Describe(CanonicalProblem problem) =>
        problem switch
        {
            CanonicalProblem.Empty => "There is nothing in it.",
            CanonicalProblem.TooLong => "It is longer than such an identifier can be.",
            CanonicalProblem.Malformed => "It does not have the shape of such an identifier.",
            CanonicalProblem.RegionMissing =>
                "It is a national number. Give the region, or the number with + and country code.",
            CanonicalProblem.RegionUnknown => "The region is not a known ISO 3166 code.",
            CanonicalProblem.NumberInvalid => "The number is in no number plan. Check it for a typing error.",
            CanonicalProblem.NumberNotDiallable => "The number cannot be dialled from everywhere.",
            CanonicalProblem.SeveralNumbers => "There is more than one number in it. Give them one by one.",
            CanonicalProblem.DomainInvalid => "The domain is not one of the public Internet.",
            CanonicalProblem.ChecksumWrong => "The checksum is wrong. Check it for a typing error.",
            CanonicalProblem.NamespaceInvalid =>
                "The platform, provider or chain must be a lower-case name, as photo.example.",
            CanonicalProblem.KindUnknown =>
                "There is no canonical form for this chain or service; for a link, use the type url.",
            CanonicalProblem.TooWeak => "No part has 64 bits of entropy by itself; weak parts joined stay weak.",
            CanonicalProblem.CredentialsInside => "The address carries a user name or password. Remove it.",
            CanonicalProblem.CountryInvalid => "The country does not use such numbers, or the length is wrong for it.",
            CanonicalProblem.NotPublic => "The address is local or private, so many have it.",
            _ => "There is no problem.",
        };
}
