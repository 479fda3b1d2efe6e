using System.Text;
using System.Text.Json.Nodes;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens.Tests.Canonical;

/// <summary>The files of <c>contracts/vectors/canonical</c>: what every implementation, in any language, must make of the same text.</summary>
public sealed class CanonicalVectorTests
{
    public static TheoryData<string> Slugs => [.. IndicatorTypes.All.Select(IndicatorTypes.Slug)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Every_vector_of_a_type_holds(string slug)
    {
        Assert.True(IndicatorTypes.TryParse(slug, out var type));
        var vectors = JsonNode
            .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "canonical", slug + ".json")))!
            .AsArray();

        Assert.All(
            vectors,
            vector =>
            {
                var result = Identifier.Parse(
                    type,
                    Text(vector!, "raw")!,
                    Text(vector!, "namespace"),
                    Text(vector!, "region")
                );
                Assert.Equal(Text(vector!, "refused") ?? nameof(CanonicalProblem.None), result.Problem.ToString());
                Assert.Equal(
                    Text(vector!, "canonical"),
                    result.Identifier is { } made ? Encoding.UTF8.GetString(made.Canonical) : null
                );
            }
        );
    }

    private static string? Text(JsonNode vector, string name) => vector[name]?.GetValue<string>();
}
