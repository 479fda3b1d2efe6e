using SignalExchange.Demo.Corpus;

namespace SignalExchange.Demo;

/// <summary>The line that nothing raw is anywhere, and the line that the search would have found it.</summary>
internal static class LeakLines
{
    /// <summary>Searches every file of the folder.</summary>
    /// <param name="narrator">Tells the lines.</param>
    /// <param name="corpus">What must not be there.</param>
    /// <param name="folder">Where to search.</param>
    /// <param name="places">What lies there, in words.</param>
    public static void Tell(Narrator narrator, List<Specimen> corpus, string folder, string places)
    {
        var search = new LeakSearch(corpus);
        var planted = Path.Combine(folder, "planted.tmp");
        File.WriteAllText(planted, $"a line with {corpus[^1].Spellings[0]} in it");
        var isPlantedFound = search.Search(planted).IsFound;
        File.Delete(planted);
        narrator.Line(
            isPlantedFound,
            $"The search for {search.Count} raw, canonical and hashed forms finds a planted one."
        );

        var bytes = 0L;
        var leaks = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var (isFound, read) = search.Search(file);
            bytes += read;
            if (isFound)
            {
                leaks.Add(Path.GetRelativePath(folder, file));
            }
        }

        narrator.Line(
            leaks.Count == 0,
            leaks.Count == 0
                ? $"None of them is in {places} ({bytes / 1_048_576.0:0.0} MiB)."
                : $"Found in: {string.Join(", ", leaks)}."
        );
    }
}
