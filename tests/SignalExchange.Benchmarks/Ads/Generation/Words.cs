namespace SignalExchange.Benchmarks.Ads.Generation;

/// <summary>Edits of words and sentences: what is said changes.</summary>
internal static class Words
{
    /// <summary>Edits a share of the words.</summary>
    public static string Each(string text, Dice dice, double share, Func<string, string> edit) =>
        string.Join(' ', text.Split(' ').Select(word => dice.Chance(share) ? edit(word) : word));

    /// <summary>Exchanges (half of them), leaves out or adds a share of the words.</summary>
    public static string Exchange(string text, Dice dice, double share) =>
        string.Join(
            ' ',
            text.Split(' ')
                .SelectMany(word =>
                    !dice.Chance(share) ? [word]
                    : dice.Chance(0.5) ? [dice.Pick(Vocabulary.Nouns)]
                    : dice.Chance(0.5) ? []
                    : (string[])[word, dice.Pick(Vocabulary.Adjectives)]
                )
        );

    /// <summary>Fills numbers, links and a share of the names anew.</summary>
    public static string FillSlots(string text, Dice dice, double share) =>
        string.Join(
            ' ',
            text.Split(' ')
                .Select(word =>
                    !dice.Chance(share) ? word
                    : word.StartsWith("http", StringComparison.Ordinal) ? $"https://{AdWriter.Host(dice)}"
                    : word.Any(char.IsDigit)
                        ? string.Concat(word.Select(c => char.IsDigit(c) ? AdWriter.Number(dice, 1) : $"{c}"))
                    : Vocabulary.Names.Contains(word) ? dice.Pick(Vocabulary.Names)
                    : word
                )
        );

    public static string Shuffle(string text, Dice dice) => string.Join(". ", dice.Shuffle(text.Split(". ")));

    /// <summary>Cuts a share off the end.</summary>
    public static string Cut(string text, double share) => text[..(int)(text.Length * (1 - share))];

    /// <summary>Puts other text around it, as much as a share of its own length.</summary>
    public static string Wrap(string text, Dice dice, double share)
    {
        var (before, behind) = ("", "");
        while (before.Length + behind.Length < text.Length * share)
        {
            if (dice.Chance(0.5))
            {
                before += AdWriter.Sentence(dice) + " ";
            }
            else
            {
                behind += " " + AdWriter.Sentence(dice);
            }
        }

        return before + text + behind;
    }
}
