using System.Globalization;

namespace SignalExchange.Benchmarks.Ads.Generation;

/// <summary>Writes ads that nobody posted.</summary>
internal static class AdWriter
{
    private const double FooterShare = 0.2;

    /// <summary>Returns an ad of 6 to 16 sentences with a number, a price and a link in it.</summary>
    public static string Write(Dice dice)
    {
        var sentences = Enumerable.Range(0, 6 + dice.Throw(11)).Select(_ => Sentence(dice)).ToList();
        sentences.Insert(dice.Throw(sentences.Count), $"{dice.Pick(Vocabulary.Names)} asks ${Number(dice, 3)} for it.");
        sentences.Add(
            $"Call {Number(dice, 3)}-{Number(dice, 3)}-{Number(dice, 4)} or see http://{Host(dice)}/{Number(dice, 2)}"
        );
        if (dice.Chance(FooterShare))
        {
            sentences.Add(dice.Pick(Vocabulary.Footers));
        }

        return string.Join(' ', sentences);
    }

    /// <summary>Returns digits.</summary>
    public static string Number(Dice dice, int digits) =>
        string.Concat(Enumerable.Range(0, digits).Select(_ => dice.Throw(10).ToString(CultureInfo.InvariantCulture)));

    public static string Host(Dice dice) =>
        $"{dice.Pick(Vocabulary.Nouns)}{dice.Pick(Vocabulary.Nouns)}{Number(dice, 2)}.example.com";

    public static string Sentence(Dice dice)
    {
        var words = Phrase(dice).Append(dice.Pick(Vocabulary.Verbs)).Concat(Phrase(dice));
        while (dice.Chance(0.5))
        {
            words = words.Append(dice.Pick(Vocabulary.Links)).Concat(Phrase(dice));
        }

        var text = string.Join(' ', words);
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    private static List<string> Phrase(Dice dice) =>
        dice.Chance(0.6)
            ? [dice.Pick(Vocabulary.Adjectives), dice.Pick(Vocabulary.Nouns)]
            : ["the", dice.Pick(Vocabulary.Nouns)];
}
