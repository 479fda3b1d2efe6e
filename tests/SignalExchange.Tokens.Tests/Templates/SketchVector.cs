using System.Text.Json;
using System.Text.Json.Serialization;

namespace SignalExchange.Tokens.Tests.Templates;

/// <summary>One row of <c>contracts/vectors/templates/sketches.json</c>, as its README describes them.</summary>
public sealed record SketchVector(
    string Raw,
    string Skeleton,
    int Words,
    int Shingles,
    string? Refused = null,
    IReadOnlyList<string>? Bands = null
)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<SketchVector> All { get; } =
        JsonSerializer.Deserialize<List<SketchVector>>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "templates", "sketches.json")),
            Options
        )!;
}
