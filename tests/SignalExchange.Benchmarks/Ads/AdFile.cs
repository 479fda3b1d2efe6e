using System.Text.Json;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>Reads and writes data files: one JSON object a line.</summary>
internal static class AdFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
    };

    /// <exception cref="FormatException">A line is not a row; the message says which, and nothing of its content.</exception>
    public static IReadOnlyList<AdRow> Read(string file) =>
        [.. File.ReadLines(file).Select((line, i) => (line, i)).Where(it => it.line.Length > 0).Select(Parse)];

    public static void Write(string file, IEnumerable<AdRow> rows) =>
        File.WriteAllLines(file, rows.Select(row => JsonSerializer.Serialize(row, Options)));

    private static AdRow Parse((string Line, int Index) line)
    {
        try
        {
            var row = JsonSerializer.Deserialize<AdRow>(line.Line, Options);
            return row is { Id: not null, Cluster: not null, Text: not null, Kind: not null }
                ? row
                : throw Malformed(line.Index);
        }
        catch (JsonException)
        {
            throw Malformed(line.Index);
        }
    }

    private static FormatException Malformed(int index) =>
        new($"Line {index + 1} is not an ad: an object with id, cluster, text and kind.");
}
