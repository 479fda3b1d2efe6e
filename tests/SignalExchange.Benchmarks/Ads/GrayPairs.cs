namespace SignalExchange.Benchmarks.Ads;

/// <summary>Pairs that are neither clearly the same nor clearly different: left out of every figure, both ways.</summary>
internal sealed class GrayPairs
{
    private readonly HashSet<(string One, string Other)> _pairs;

    private GrayPairs(IEnumerable<(string, string)> pairs) => _pairs = [.. pairs];

    /// <summary>Reads two ids a line with a tabulator between; no file is no pairs.</summary>
    /// <remarks>Blank lines are passed over, further columns and ids of no ad are not looked at.</remarks>
    /// <exception cref="FormatException">A line is something else; the message says which.</exception>
    public static GrayPairs Read(string? file) =>
        new(
            file is null
                ? []
                : File.ReadLines(file)
                    .Index()
                    .Where(line => !string.IsNullOrWhiteSpace(line.Item))
                    .Select(line => Parse(line.Item, line.Index + 1))
        );

    public bool Contains(AdRow one, AdRow other) => _pairs.Contains(Ordered(one.Id, other.Id));

    /// <summary>Returns how many pairs are of two of these ads, and not of one cluster anyway.</summary>
    /// <param name="clusters">The ads' clusters by their ids; an id may stand for several ads.</param>
    public int CountApart(ILookup<string, string> clusters) =>
        _pairs.Sum(pair => clusters[pair.One].Sum(one => clusters[pair.Other].Count(other => one != other)));

    private static (string, string) Parse(string line, int number) =>
        line.Split('\t', StringSplitOptions.TrimEntries) is [{ Length: > 0 } one, { Length: > 0 } other, ..]
            ? Ordered(one, other)
            : throw new FormatException(
                $"Line {number} of the gray file is not a pair: two ids with a tabulator between."
            );

    private static (string, string) Ordered(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
