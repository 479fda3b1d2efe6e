using System.Globalization;

namespace SignalExchange.Benchmarks.Ads.Generation;

/// <summary>Makes a data file for readers who have none: the same file for the same number.</summary>
internal static class AdGenerator
{
    /// <summary>Returns templates, each with a variant for each edit, and as many texts without a partner.</summary>
    public static IEnumerable<AdRow> Generate(int templates)
    {
        for (var i = 0; i < templates; i++)
        {
            var dice = new Dice((ulong)i);
            var (cluster, text) = (Name("syn", i), AdWriter.Write(dice));
            yield return new(cluster, cluster, text, AdRow.Made, "generated", "en", AdRow.Base);
            foreach (var (name, edit) in EditModel.Edits)
            {
                yield return new($"{cluster}~{name}", cluster, edit(text, dice), AdRow.Made, "generated", "en", name);
            }

            var single = Name("single", i);
            yield return new(single, single, AdWriter.Write(dice), AdRow.Single, "generated", "en", null);
        }
    }

    private static string Name(string kind, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{index:00000}");
}
