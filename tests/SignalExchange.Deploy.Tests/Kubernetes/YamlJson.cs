using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>YAML as the JSON that Kubernetes makes of it.</summary>
internal static class YamlJson
{
    /// <summary>Converts a node; a scalar without quotes is a number or a truth value where it looks like one.</summary>
    public static JsonNode? Of(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(it => KeyValuePair.Create(it.Key.ToString(), Of(it.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Of)]),
            YamlScalarNode { Style: ScalarStyle.Plain } scalar => Of(scalar.Value),
            _ => JsonValue.Create(((YamlScalarNode)node).Value),
        };

    private static JsonValue? Of(string? text) =>
        text switch
        {
            null or "" or "null" or "~" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(text),
        };
}
