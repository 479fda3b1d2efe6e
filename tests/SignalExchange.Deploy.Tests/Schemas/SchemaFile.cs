using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace SignalExchange.Deploy.Tests.Schemas;

/// <summary>A JSON schema that configuration of others' programs is held to.</summary>
internal sealed class SchemaFile
{
    // test.sh installs it, and names the same version.
    private const string DclintVersion = "3.1.0";

    private static readonly EvaluationOptions Listed = new() { OutputFormat = OutputFormat.List };

    private readonly Lazy<JsonSchema> _schema;

    private SchemaFile(string path) =>
        _schema = new(() =>
        {
            Assert.True(File.Exists(path), $"./test.sh installs {path}.");
            return JsonSchema.FromText(Normalized(File.ReadAllText(path)));
        });

    /// <summary>Gets the schema of the Compose specification, as the npm package dclint carries it.</summary>
    public static SchemaFile Compose { get; } =
        new(
            Path.Combine(
                InstalledPackages.Folder,
                $"dclint-{DclintVersion}",
                "node_modules/dclint/schemas/compose.schema.json"
            )
        );

    /// <summary>Gets ours of the OpenTelemetry Collector's configuration, since the project has none: the components that we use, with all their fields.</summary>
    public static SchemaFile Collector { get; } = new(Path.Combine(AppContext.BaseDirectory, "Schemas/collector.json"));

    // Compose's schema names its dialect by an address that is nobody's, and itself by a relative one.
    private static string Normalized(string text)
    {
        var schema = JsonNode.Parse(text)!.AsObject();
        schema.Remove("$id");
        if (((string?)schema["$schema"])?.Contains("draft-07", StringComparison.Ordinal) == true)
        {
            schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        }

        return schema.ToJsonString();
    }

    /// <summary>Returns what is wrong with a document, a line each; empty if nothing is.</summary>
    public string ComplaintsOf(JsonNode document)
    {
        using var json = JsonDocument.Parse(document.ToJsonString());
        var result = _schema.Value.Evaluate(json.RootElement, Listed);
        return result.IsValid
            ? ""
            : string.Join(
                '\n',
                (result.Details ?? [])
                    .Where(it => it.Errors is { Count: > 0 })
                    .Select(it => $"{it.InstanceLocation}: {string.Join("; ", it.Errors!.Values)}")
            );
    }
}
