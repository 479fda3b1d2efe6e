namespace SignalExchange.Benchmarks.Ads;

/// <summary>Pairs that are neither clearly the same nor clearly different: left out of every figure, both ways.</summary>
internal sealed class GrayPairs
{
    private readonly HashSet<(string One, string Other)> _pairs;

    private GrayPairs(IEnumerable<(string, string)> pairs) => _pairs = [.. pairs];

    /// <summary>Reads two ids a line with a tabulator between; no file is no pairs.</summary>
    /// <exception cref="FormatException">A line is something else; the message says which.</exception>
    public static GrayPairs Read(string? file) =>
        new(file is null ? [] : File.ReadLines(file).Select(Parse).OfType<(string, string)>());

    public bool Contains(AdRow one, AdRow other) => _pairs.Contains(Ordered(one.Id, other.Id));

    /// <summary>Returns how many pairs are of two of these ads, and not of one cluster anyway.</summary>
    /// <param name="clusters">The ads' clusters by their ids.</param>
    public int CountApart(IReadOnlyDictionary<string, string> clusters) =>
        _pairs.Count(pair =>
            clusters.TryGetValue(pair.One, out var one)
            && clusters.TryGetValue(pair.Other, out var other)
            && one != other
        );

    private static (string, string)? Parse(string line, int index) =>
        line.Length == 0 ? null
        : line.Split('\t') is [var one, var other] ? Ordered(one, other)
        : throw new FormatException($"Line {index + 1} is not a pair: two ids with a tabulator between.");

    private static (string, string) Ordered(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
