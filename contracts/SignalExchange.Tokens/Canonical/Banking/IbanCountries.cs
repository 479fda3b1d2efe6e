using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical.Banking;

/// <summary>What an IBAN looks like in each country that issues them, behind the four characters of country and check digits.</summary>
/// <remarks>
/// n is a digit, a is a letter, c is either; the number says how many. From SWIFT's IBAN registry, with the countries that
/// use the form without being in it (among others DZ, IR, MA, SN). French overseas territories and Åland use FR and FI.
/// </remarks>
internal static class IbanCountries
{
    private static readonly FrozenDictionary<string, string> Structures = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["AD"] = "n8c12",
        ["AE"] = "n3n16",
        ["AL"] = "n8c16",
        ["AO"] = "n21",
        ["AT"] = "n16",
        ["AZ"] = "a4c20",
        ["BA"] = "n16",
        ["BE"] = "n12",
        ["BF"] = "c2n22",
        ["BG"] = "a4n6c8",
        ["BH"] = "a4c14",
        ["BI"] = "n23",
        ["BJ"] = "c2n22",
        ["BR"] = "n23a1c1",
        ["BY"] = "a4n4c16",
        ["CF"] = "n23",
        ["CG"] = "n23",
        ["CH"] = "n5c12",
        ["CI"] = "a1n23",
        ["CM"] = "n23",
        ["CR"] = "n18",
        ["CV"] = "n21",
        ["CY"] = "n8c16",
        ["CZ"] = "n20",
        ["DE"] = "n18",
        ["DJ"] = "n23",
        ["DK"] = "n14",
        ["DO"] = "a4n20",
        ["DZ"] = "n22",
        ["EE"] = "n16",
        ["EG"] = "n25",
        ["ES"] = "n20",
        ["FI"] = "n14",
        ["FK"] = "a2n12",
        ["FO"] = "n14",
        ["FR"] = "n10c11n2",
        ["GA"] = "n23",
        ["GB"] = "a4n14",
        ["GE"] = "c2n16",
        ["GI"] = "a4c15",
        ["GL"] = "n14",
        ["GQ"] = "n23",
        ["GR"] = "n7c16",
        ["GT"] = "c24",
        ["GW"] = "a2n19",
        ["HN"] = "a4n20",
        ["HR"] = "n17",
        ["HU"] = "n24",
        ["IE"] = "c4n14",
        ["IL"] = "n19",
        ["IQ"] = "a4n15",
        ["IR"] = "n22",
        ["IS"] = "n22",
        ["IT"] = "a1n10c12",
        ["JO"] = "a4n4c18",
        ["KM"] = "n23",
        ["KW"] = "a4c22",
        ["KZ"] = "n3c13",
        ["LB"] = "n4c20",
        ["LC"] = "a4c24",
        ["LI"] = "n5c12",
        ["LT"] = "n16",
        ["LU"] = "n3c13",
        ["LV"] = "a4c13",
        ["LY"] = "n21",
        ["MA"] = "n24",
        ["MC"] = "n10c11n2",
        ["MD"] = "c2c18",
        ["ME"] = "n18",
        ["MG"] = "n23",
        ["MK"] = "n3c10n2",
        ["ML"] = "c2n22",
        ["MN"] = "n16",
        ["MR"] = "n23",
        ["MT"] = "a4n5c18",
        ["MU"] = "a4n19a3",
        ["MZ"] = "n21",
        ["NE"] = "a2n22",
        ["NI"] = "a4n20",
        ["NL"] = "a4n10",
        ["NO"] = "n11",
        ["OM"] = "n3c16",
        ["PK"] = "c4n16",
        ["PL"] = "n24",
        ["PS"] = "c4n21",
        ["PT"] = "n21",
        ["QA"] = "a4c21",
        ["RO"] = "a4c16",
        ["RS"] = "n18",
        ["RU"] = "n14c15",
        ["SA"] = "n2c18",
        ["SC"] = "a4n20a3",
        ["SD"] = "n14",
        ["SE"] = "n20",
        ["SI"] = "n15",
        ["SK"] = "n20",
        ["SM"] = "a1n10c12",
        ["SN"] = "a2n22",
        ["SO"] = "n19",
        ["ST"] = "n21",
        ["SV"] = "a4n20",
        ["TD"] = "n23",
        ["TG"] = "a2n22",
        ["TL"] = "n19",
        ["TN"] = "n20",
        ["TR"] = "n5c17",
        ["UA"] = "n6c19",
        ["VA"] = "n18",
        ["VG"] = "c4n16",
        ["XK"] = "n16",
        ["YE"] = "a4n4c18",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns whether the country issues IBANs.</summary>
    public static bool Contains(string country) => Structures.ContainsKey(country);

    /// <summary>Returns whether the account part has the country's length and kinds of characters.</summary>
    /// <param name="country">One that <see cref="Contains"/> knows.</param>
    /// <param name="account">Digits and upper-case letters.</param>
    public static bool Fits(string country, string account)
    {
        var at = 0;
        foreach (var (kind, count) in Pieces(Structures[country]))
        {
            if (at + count > account.Length || !account.AsSpan(at, count).ToArray().All(c => IsOf(kind, c)))
            {
                return false;
            }

            at += count;
        }

        return at == account.Length;
    }

    private static IEnumerable<(char Kind, int Count)> Pieces(string structure)
    {
        for (var i = 0; i < structure.Length; )
        {
            var kind = structure[i++];
            var count = 0;
            for (; i < structure.Length && char.IsAsciiDigit(structure[i]); i++)
            {
                count = (count * 10) + structure[i] - '0';
            }

            yield return (kind, count);
        }
    }

    private static bool IsOf(char kind, char c) =>
        kind switch
        {
            'n' => char.IsAsciiDigit(c),
            'a' => char.IsAsciiLetterUpper(c),
            _ => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c),
        };
}
