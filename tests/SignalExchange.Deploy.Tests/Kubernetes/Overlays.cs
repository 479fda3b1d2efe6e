using System.Text.Json.Nodes;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>What somebody applies.</summary>
internal static class Overlays
{
    public static readonly string[] Exchanges =
    [
        "kubernetes/overlays/embedded",
        "kubernetes/overlays/postgres",
        "kubernetes/overlays/azure",
    ];

    public static readonly string[] Bootstraps =
    [
        "kubernetes/bootstrap",
        "kubernetes/overlays/postgres/bootstrap",
        "kubernetes/overlays/azure/bootstrap",
    ];

    /// <summary>Returns the objects of a kind.</summary>
    public static IReadOnlyList<JsonObject> Of(string folder, string kind) =>
        [.. Kustomization.Render(folder).Where(it => (string?)it["kind"] == kind)];

    /// <summary>Returns the template of the pods that a folder runs.</summary>
    public static JsonNode Pod(string folder) =>
        Kustomization.Render(folder).Select(it => it["spec"]?["template"]).OfType<JsonNode>().Single();

    /// <summary>Returns the one container of these pods.</summary>
    public static JsonNode Container(string folder) => Pod(folder)["spec"]!["containers"]!.AsArray().Single()!;
}
