using System.Collections.Frozen;
using System.Text;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Folds case and characters that look alike: the skeleton of Unicode UTS #39, over lower case.</summary>
/// <remarks>
/// The table is data of this version of the canonical forms (<c>Data/confusables.txt</c>, from Unicode's confusables.txt), so that every
/// SDK folds alike whatever its runtime's Unicode version.
/// </remarks>
internal static class Confusables
{
    // Lower case of a prototype can be confusable again ("0" is like "O", which is lowered to "o"); the table's chains are short.
    private const int MaxRounds = 8;

    private static readonly FrozenDictionary<int, string> Prototypes = Load();

    /// <summary>Folds text; folding twice changes nothing more.</summary>
    public static string Fold(string text)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var folded = FoldOnce(text);
            if (folded == text)
            {
                break;
            }

            text = folded;
        }

        return text;
    }

    private static string FoldOnce(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.ToLowerInvariant().Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            _ = Prototypes.TryGetValue(rune.Value, out var prototype)
                ? folded.Append(prototype)
                : folded.Append(rune.ToString());
        }

        return folded.ToString().ToLowerInvariant().Normalize(NormalizationForm.FormD);
    }

    private static FrozenDictionary<int, string> Load()
    {
        using var stream = typeof(Confusables).Assembly.GetManifestResourceStream("confusables.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var parts = line.Split('\t');
                table[Convert.ToInt32(parts[0], 16)] = string.Concat(
                    parts[1].Split(' ').Select(code => char.ConvertFromUtf32(Convert.ToInt32(code, 16)))
                );
            }
        }

        return table.ToFrozenDictionary();
    }
}
