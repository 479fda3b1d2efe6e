using System.Text;
using System.Text.Json;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Tokens.Tests.Canonical;

/// <summary>One row of <c>contracts/vectors/canonical</c>, as its README describes them.</summary>
public sealed record CanonicalVector(
    string Raw,
    string? Region = null,
    string? Namespace = null,
    string? Canonical = null,
    string? CanonicalHex = null,
    string? Refused = null,
    string? Note = null
)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<CanonicalVector> Load(IndicatorType type)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors", "canonical", $"{IndicatorTypes.Slug(type)}.json");
        return JsonSerializer.Deserialize<List<CanonicalVector>>(File.ReadAllText(path), Options)!;
    }

    /// <summary>What the row expects: the canonical text or hexadecimal bytes, or the problem's code.</summary>
    public string Expected => Canonical ?? CanonicalHex ?? $"refused:{Refused}";

    public IdentifierResult Read(IndicatorType type) => Identifier.Parse(type, Raw, Namespace, Region);

    /// <summary>What came out, written as the row writes it.</summary>
    public string Write(IdentifierResult result) =>
        !result.IsAccepted ? result.ToString()
        : CanonicalHex is null ? Encoding.UTF8.GetString(result.Identifier.Canonical)
        : Convert.ToHexStringLower(result.Identifier.Canonical);
}
