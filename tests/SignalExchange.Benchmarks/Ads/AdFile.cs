using System.Text.Json;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>Reads and writes data files: one JSON object a line, UTF-8, with either end of line; blank lines are passed over.</summary>
internal static class AdFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <exception cref="FormatException">A line is not an ad; the message says which, and nothing of its content.</exception>
    public static IReadOnlyList<AdRow> Read(string file) =>
        [
            .. File.ReadLines(file)
                .Index()
                .Where(line => !string.IsNullOrWhiteSpace(line.Item))
                .Select(line => AdLine.Parse(line.Item, line.Index + 1)),
        ];

    public static void Write(string file, IEnumerable<AdRow> rows) =>
        File.WriteAllLines(file, rows.Select(row => JsonSerializer.Serialize(row, Options)));
}
