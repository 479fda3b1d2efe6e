using System.Text.Json.Nodes;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>What somebody applies.</summary>
internal static class Overlays
{
    public static readonly string[] Exchanges =
    [
        "kubernetes/overlays/embedded",
        "kubernetes/overlays/postgres",
        "kubernetes/overlays/cluster",
        "kubernetes/overlays/azure",
        "kubernetes/overlays/azure-storage",
    ];

    public static readonly string[] Bootstraps =
    [
        "kubernetes/bootstrap",
        "kubernetes/overlays/postgres/bootstrap",
        "kubernetes/overlays/cluster/bootstrap",
        "kubernetes/overlays/azure/bootstrap",
        "kubernetes/overlays/azure-storage/bootstrap",
    ];

    /// <summary>Returns the objects of a kind.</summary>
    public static IReadOnlyList<JsonObject> Of(string folder, string kind) =>
        [.. Kustomization.Render(folder).Where(it => (string?)it["kind"] == kind)];

    /// <summary>Returns the template of the pods that a folder runs.</summary>
    public static JsonNode Pod(string folder) =>
        Kustomization.Render(folder).Select(it => it["spec"]?["template"]).OfType<JsonNode>().Single();

    /// <summary>Returns the one container of these pods.</summary>
    public static JsonNode Container(string folder) => Pod(folder)["spec"]!["containers"]!.AsArray().Single()!;

    /// <summary>Returns a variable of its environment, or where it comes from; null if there is none.</summary>
    public static JsonNode? Setting(string folder, string name) =>
        Container(folder)["env"]!.AsArray().SingleOrDefault(it => (string?)it!["name"] == name);

    /// <summary>Returns how many pods there are.</summary>
    public static int Replicas(string folder) => (int)(long)Of(folder, "StatefulSet").Single()["spec"]!["replicas"]!;

    /// <summary>Whether a selector's labels are those of pods of the folder; the StatefulSet gives each its name as one, too.</summary>
    public static bool Selects(JsonNode? labels, string folder) =>
        labels!
            .AsObject()
            .All(it =>
                it.Key == "statefulset.kubernetes.io/pod-name"
                    ? Enumerable.Range(0, Replicas(folder)).Any(pod => (string?)it.Value == $"signalexchange-{pod}")
                    : (string?)Pod(folder)["metadata"]!["labels"]![it.Key] == (string?)it.Value
            );
}
