using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>Kubernetes would take the objects: nothing that it does not know, and everything that it requires.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/Service"] = typeof(V1Service),
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["batch/v1/Job"] = typeof(V1Job),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["rbac.authorization.k8s.io/v1/Role"] = typeof(V1Role),
        ["rbac.authorization.k8s.io/v1/RoleBinding"] = typeof(V1RoleBinding),
        ["storage.k8s.io/v1/StorageClass"] = typeof(V1StorageClass),
    };

    public static TheoryData<string> Folders => [.. Overlays.Exchanges, .. Overlays.Bootstraps];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_field_is_one_of_kubernetes_own_types(string folder)
    {
        foreach (var it in Kustomization.Render(folder).Where(IsKubernetesOwn))
        {
            Assert.Contains(TypeOf(it), Types.Keys);
            var read = KubernetesYaml.LoadAllFromString(it.ToJsonString(), Types.ToDictionary(), strict: true);
            Assert.IsType(Types[TypeOf(it)], Assert.Single(read));
        }
    }

    [Fact]
    public void A_misspelt_field_is_found()
    {
        var set = Overlays.Of(Overlays.Exchanges[0], "StatefulSet")[0];
        set["spec"]!["replica"] = 3;

        Assert.ThrowsAny<Exception>(() =>
            KubernetesYaml.LoadAllFromString(set.ToJsonString(), Types.ToDictionary(), strict: true)
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Every_object_keeps_kubernetes_schema(string folder) =>
        Assert.Equal("", await SchemaCheck.Run([.. Kustomization.Render(folder).Where(IsKubernetesOwn)], Ct));

    [Fact]
    public async Task A_missing_or_impossible_value_is_found()
    {
        var set = Overlays.Of(Overlays.Exchanges[0], "StatefulSet")[0];
        set["spec"]!.AsObject().Remove("selector");
        var budget = Overlays.Of(Overlays.Exchanges[0], "PodDisruptionBudget")[0];
        budget["spec"]!["unhealthyPodEvictionPolicy"] = 7;

        var complaints = await SchemaCheck.Run([set, budget], Ct);

        Assert.Contains("selector", complaints, StringComparison.Ordinal);
        Assert.Contains("unhealthyPodEvictionPolicy", complaints, StringComparison.Ordinal);
    }

    // VaultTests look at the driver's kind: it has no schema among Kubernetes' own.
    private static bool IsKubernetesOwn(JsonObject it) => (string?)it["kind"] != "SecretProviderClass";

    private static string TypeOf(JsonObject it) => $"{it["apiVersion"]}/{it["kind"]}";
}
