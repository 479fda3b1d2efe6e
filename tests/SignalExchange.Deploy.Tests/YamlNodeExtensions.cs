using YamlDotNet.RepresentationModel;

namespace SignalExchange.Deploy.Tests;

/// <summary>Walks through YAML.</summary>
internal static class YamlNodeExtensions
{
    /// <summary>Returns what stands under a path of keys; null when nothing does.</summary>
    public static YamlNode? At(this YamlNode? node, params string[] path) =>
        path.Aggregate(
            node,
            (at, key) =>
                at is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child)
                    ? child
                    : null
        );

    /// <summary>Returns the text under a path of keys; null when there is none.</summary>
    public static string? Text(this YamlNode? node, params string[] path) => (node.At(path) as YamlScalarNode)?.Value;

    /// <summary>Returns the nodes of the sequence under a path of keys; none when there is none.</summary>
    public static IEnumerable<YamlNode> Each(this YamlNode? node, params string[] path) =>
        node.At(path) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();
}
