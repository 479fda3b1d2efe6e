using System.Text.Json.Nodes;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>
/// Renders a folder as <c>kubectl kustomize</c> does, as far as our folders go: resources, patches that are merged strategically, images, a namespace.
/// What it does not know, it refuses, so that the manifests stay within what the tests see.
/// </summary>
internal static class Kustomization
{
    private static readonly string[] Known = ["apiVersion", "kind", "resources", "patches", "images", "namespace"];

    // Lists that Kubernetes merges item by item, and by which field (patchMergeKey of its API).
    private static readonly Dictionary<string, string> MergeKeys = new(StringComparer.Ordinal)
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
        ["volumeMounts"] = "mountPath",
        ["ports"] = "containerPort",
        ["imagePullSecrets"] = "name",
    };

    /// <summary>Renders a folder below <c>deploy/</c>.</summary>
    /// <returns>The objects, in the order of the files.</returns>
    public static IReadOnlyList<JsonObject> Render(string folder)
    {
        var file = (JsonObject)YamlJson.Of(DeployFiles.Yaml(Path.Combine(folder, "kustomization.yaml"))[0])!;
        var unknown = file.Select(it => it.Key).Except(Known).ToList();
        Assert.True(unknown.Count == 0, $"{folder}: these tests do not know {string.Join(", ", unknown)}.");

        var objects = Paths(file, "resources").SelectMany(it => Load(Path.Combine(folder, it))).ToList();
        foreach (var path in (file["patches"]?.AsArray() ?? []).Select(it => (string)it!["path"]!))
        {
            Load(Path.Combine(folder, path)).ToList().ForEach(patch => Apply(objects, patch));
        }

        foreach (var image in file["images"]?.AsArray() ?? [])
        {
            objects.ForEach(it => SetImage(it, image!));
        }

        if ((string?)file["namespace"] is { } name)
        {
            objects.Where(IsNamespaced).ToList().ForEach(it => it["metadata"]!["namespace"] = name);
        }

        return objects;
    }

    /// <summary>Whether an object is one of a namespace, not of the whole cluster.</summary>
    public static bool IsNamespaced(JsonObject it) => (string?)it["kind"] is not ("Namespace" or "StorageClass");

    private static IEnumerable<string> Paths(JsonObject file, string key) =>
        (file[key]?.AsArray() ?? []).Select(it => (string)it!);

    private static IEnumerable<JsonObject> Load(string path) =>
        Directory.Exists(Path.Combine(DeployFiles.Root, path))
            ? Render(path)
            : DeployFiles.Yaml(path).Select(it => (JsonObject)YamlJson.Of(it)!);

    private static void Apply(List<JsonObject> objects, JsonObject patch)
    {
        var target = objects.Single(it =>
            (string?)it["kind"] == (string?)patch["kind"]
            && (string?)it["metadata"]!["name"] == (string?)patch["metadata"]!["name"]
        );
        Merge(target, patch);
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            switch (target[key], value)
            {
                case (_, null):
                    target.Remove(key);
                    break;
                case (JsonObject into, JsonObject from):
                    Merge(into, from);
                    break;
                case (JsonArray into, JsonArray from) when MergeKeys.TryGetValue(key, out var by):
                    Merge(into, from, by);
                    break;
                default:
                    target[key] = value.DeepClone();
                    break;
            }
        }
    }

    private static void Merge(JsonArray into, JsonArray from, string by)
    {
        foreach (var item in from.Select(it => (JsonObject)it!))
        {
            var known = into.Select(it => (JsonObject)it!)
                .SingleOrDefault(it => it[by]!.ToString() == item[by]!.ToString());
            if (known is null)
            {
                into.Add(item.DeepClone());
            }
            else
            {
                Merge(known, item);
            }
        }
    }

    private static void SetImage(JsonNode? node, JsonNode image)
    {
        switch (node)
        {
            case JsonObject map:
                if ((string?)image["name"] is { } name && map["image"] is JsonValue value && (string?)value == name)
                {
                    map["image"] = $"{image["newName"]}:{image["newTag"]}";
                }

                map.ToList().ForEach(it => SetImage(it.Value, image));
                break;
            case JsonArray list:
                list.ToList().ForEach(it => SetImage(it, image));
                break;
        }
    }
}
