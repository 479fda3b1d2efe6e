using System.Globalization;
using PhoneNumbers;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Demo.Corpus;

/// <summary>Valid telephone numbers of every region that libphonenumber knows, each as people write it.</summary>
internal static class PhoneCorpus
{
    private const int MinSpellings = 5;

    // The demo searches files for every spelling; five digits would be found in any of them by chance.
    private const int MinSpellingLength = 9;

    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    private static readonly PhoneNumberType[] Types =
    [
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
        PhoneNumberType.PERSONAL_NUMBER,
    ];

    /// <summary>Makes numbers, region by region, until there are enough.</summary>
    public static List<Specimen> Make(int count, SeededBytes random)
    {
        var seeds = Examples().ToList();
        var made = new Dictionary<string, Specimen>(StringComparer.Ordinal);
        for (var round = 0; made.Count < count; round = (round + 1) % seeds.Count)
        {
            var (region, example) = seeds[round];
            var number = Vary(example, random);
            var e164 = Phones.Format(number, PhoneNumberFormat.E164);
            if (!made.ContainsKey(e164) && Spell(number, region, e164) is { Count: >= MinSpellings } spellings)
            {
                made.Add(e164, new Specimen(IndicatorType.PhoneE164, null, region, spellings));
            }
        }

        return [.. made.Values];
    }

    /// <summary>Gets how many regions there are numbers of.</summary>
    public static int Regions => Examples().Select(example => example.Region).Distinct().Count();

    private static IEnumerable<(string Region, PhoneNumber Number)> Examples() =>
        from region in Phones.GetSupportedRegions().Order(StringComparer.Ordinal)
        from type in Types
        let example = Phones.GetExampleNumberForType(region, type)
        where example is not null && Phones.IsValidNumberForRegion(example, region)
        select (region, example);

    /// <summary>Another valid number of the same number plan: the last digits changed until libphonenumber agrees.</summary>
    private static PhoneNumber Vary(PhoneNumber example, SeededBytes random)
    {
        var digits = Phones.GetNationalSignificantNumber(example);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var tail = Math.Min(digits.Length - 2, 5);
            var changed = digits[..^tail];
            for (var place = 0; place < tail; place++)
            {
                changed += random.NextInt(10).ToString(CultureInfo.InvariantCulture);
            }

            var candidate = new PhoneNumber.Builder()
                .MergeFrom(example)
                .SetNationalNumber(ulong.Parse(changed, CultureInfo.InvariantCulture))
                .Build();
            if (Phones.GetNationalSignificantNumber(candidate).Length == digits.Length && IsUsable(candidate, example))
            {
                return candidate;
            }
        }

        return example;
    }

    private static bool IsUsable(PhoneNumber candidate, PhoneNumber example) =>
        Phones.IsValidNumber(candidate)
        && Phones.GetRegionCodeForNumber(candidate) == Phones.GetRegionCodeForNumber(example);

    private static List<string> Spell(PhoneNumber number, string region, string e164)
    {
        var international = Phones.Format(number, PhoneNumberFormat.INTERNATIONAL);
        var national = Phones.Format(number, PhoneNumberFormat.NATIONAL);
        string[] spellings =
        [
            e164,
            international,
            national,
            Phones.Format(number, PhoneNumberFormat.RFC3966),
            international.Replace(' ', '.'),
            international.Replace(' ', '\u2013'),
            string.Join(' ', e164.Select(digit => digit.ToString())).Replace("+ ", "+", StringComparison.Ordinal),
            $"{international} ext. 42",
            $"({e164[..^4]}) {e164[^4..]}",
        ];
        return
        [
            .. spellings
                .Distinct()
                .Where(spelling => spelling.Length >= MinSpellingLength && Reads(spelling, region, e164)),
        ];
    }

    /// <summary>A way to write it that libphonenumber itself does not read back to the same number is no way to write it.</summary>
    private static bool Reads(string spelling, string region, string e164)
    {
        try
        {
            var parsed = Phones.Parse(spelling, region);
            parsed = parsed.ToBuilder().ClearExtension().Build();
            return Phones.Format(parsed, PhoneNumberFormat.E164) == e164;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
