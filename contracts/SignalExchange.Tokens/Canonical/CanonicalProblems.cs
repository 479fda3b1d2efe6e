using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical;

/// <summary>The code and the words of every <see cref="CanonicalProblem"/>.</summary>
/// <remarks>Fixed texts: none takes an argument, so that no content can leak through one.</remarks>
public static class CanonicalProblems
{
    private static readonly FrozenDictionary<CanonicalProblem, (string Code, string Text)> Entries = new Dictionary<
        CanonicalProblem,
        (string Code, string Text)
    >
    {
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
            "The namespace is not a slug: 1 to 64 lower-case letters, digits, dots and hyphens, starting and ending with a letter or digit."
        ),
        [CanonicalProblem.NamespaceNotTaken] = (
            "NAMESPACE_NOT_TAKEN",
            "This type takes no namespace. Leave it out, or check the type."
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
    }.ToFrozenDictionary();

    /// <summary>Returns the name for files and other languages, for example <c>TOO_LONG</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such problem, or it is <see cref="CanonicalProblem.None"/>.</exception>
    public static string CodeOf(CanonicalProblem problem) => Find(problem).Code;

    /// <summary>Returns what is wrong and what to do, in one or two sentences.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such problem, or it is <see cref="CanonicalProblem.None"/>.</exception>
    public static string TextOf(CanonicalProblem problem) => Find(problem).Text;

    private static (string Code, string Text) Find(CanonicalProblem problem) =>
        Entries.TryGetValue(problem, out var entry)
            ? entry
            : throw new ArgumentOutOfRangeException(nameof(problem), problem, "Not a problem of a canonical form.");
}
