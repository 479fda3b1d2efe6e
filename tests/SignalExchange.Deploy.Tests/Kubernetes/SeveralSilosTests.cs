using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>Silos that share a storage find each other at addresses that lead to them, prove who they are, and share one folder of keys.</summary>
public sealed class SeveralSilosTests
{
    public static TheoryData<string> Clusters => [.. Overlays.Exchanges.Where(it => Overlays.Replicas(it) > 1)];

    public static TheoryData<string> Alone => [.. Overlays.Exchanges.Where(it => Overlays.Replicas(it) == 1)];

    // A silo at 127.0.0.1 is every other's predecessor: two such pods would declare each other dead.
    [Theory]
    [MemberData(nameof(Clusters))]
    public void A_silo_of_several_is_found_at_its_pods_address_and_says_which_pod_it_is(string folder)
    {
        Assert.Equal("status.podIP", Field(folder, "Exchange__Cluster__Address"));
        Assert.Equal("true", Value(folder, "Exchange__Cluster__Kubernetes"));
        Assert.Equal("metadata.name", Field(folder, "POD_NAME"));
        Assert.Equal("metadata.namespace", Field(folder, "POD_NAMESPACE"));
        Assert.Equal("status.podIP", Field(folder, "POD_IP"));
        var port = Overlays.Container(folder)["ports"]!.AsArray().Single(it => (string?)it!["name"] == "silo");
        Assert.Equal(Value(folder, "Exchange__SiloPort"), port!["containerPort"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public void One_silo_is_found_on_its_own_machine_and_nobody_scales_it_by_a_setting(string folder)
    {
        Assert.Null(Overlays.Setting(folder, "Exchange__Cluster__Address"));
        Assert.Null(Overlays.Setting(folder, "Exchange__Cluster__Kubernetes"));
        Assert.Empty(Overlays.Of(folder, "Role"));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Silos_prove_to_each_other_who_they_are(string folder)
    {
        string[] files = ["CertificateFile", "KeyFile", "AuthoritiesFile"];

        Assert.All(
            files,
            file =>
                Assert.Equal(
                    "signalexchange-silos",
                    (string?)
                        VolumeAt(folder, Value(folder, "Exchange__Cluster__Tls__" + file)!)["secret"]!["secretName"]
                )
        );
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void All_silos_and_who_makes_the_keys_see_one_folder_of_keys(string folder)
    {
        var folders = new[] { folder, folder + "/bootstrap" };
        var claim = Assert.Single(Overlays.Of(folder, "PersistentVolumeClaim"));

        Assert.Equal(["ReadWriteMany"], claim["spec"]!["accessModes"]!.AsArray().Select(it => (string?)it));
        Assert.Single(folders.Select(it => Value(it, "Exchange__Keys__Folder")).Distinct());
        Assert.All(
            folders,
            it =>
                Assert.Equal(
                    (string?)claim["metadata"]!["name"],
                    (string?)VolumeAt(it, Value(it, "Exchange__Keys__Folder")!)["persistentVolumeClaim"]!["claimName"]
                )
        );
        Assert.Equal("false", Value(folder, "Exchange__Keys__CreateMissingKeys"));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void What_silos_write_into_the_folder_of_keys_others_see_within_a_second(string folder)
    {
        var claim = Assert.Single(Overlays.Of(folder, "PersistentVolumeClaim"));
        var storage = Assert.Single(Overlays.Of(folder, "StorageClass"));

        Assert.Equal((string?)storage["metadata"]!["name"], (string?)claim["spec"]!["storageClassName"]);
        Assert.Contains("actimeo=1", storage["mountOptions"]!.AsArray().Select(it => (string?)it));
        Assert.Equal("Retain", (string?)storage["reclaimPolicy"]);
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void The_labels_by_which_pods_are_known_are_the_clusters_name(string folder)
    {
        Assert.Equal("orleans/clusterId", LabelOf(folder, "Exchange__Cluster__ClusterId"));
        Assert.Equal("orleans/serviceId", LabelOf(folder, "Exchange__Cluster__ServiceId"));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void The_account_reads_pods_and_may_do_nothing_else(string folder)
    {
        var rule = Assert.Single(Assert.Single(Overlays.Of(folder, "Role"))["rules"]!.AsArray())!;
        var binding = Assert.Single(Overlays.Of(folder, "RoleBinding"));
        var subject = Assert.Single(binding["subjects"]!.AsArray())!;

        Assert.Equal([""], Texts(rule["apiGroups"]));
        Assert.Equal(["pods"], Texts(rule["resources"]));
        Assert.Equal(["get", "list", "watch"], Texts(rule["verbs"]));
        Assert.Equal((string?)Overlays.Pod(folder)["spec"]!["serviceAccountName"], (string?)subject["name"]);
        Assert.Equal((string?)binding["metadata"]!["namespace"], (string?)subject["namespace"]);
        Assert.Equal("Role", (string?)binding["roleRef"]!["kind"]);
        Assert.Empty(Overlays.Of(folder, "ClusterRole"));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void The_accounts_token_lies_where_the_runtime_looks_for_it_and_is_good_for_an_hour(string folder)
    {
        var sources = VolumeAt(folder, "/var/run/secrets/kubernetes.io/serviceaccount/token")["projected"]![
            "sources"
        ]!.AsArray();

        var token = Assert.Single(sources, it => it!["serviceAccountToken"] is not null)!["serviceAccountToken"]!;
        Assert.Equal("token", (string?)token["path"]);
        Assert.Equal(3600, (long)token["expirationSeconds"]!);
        var authority = Assert.Single(sources, it => it!["configMap"] is not null)!["configMap"]!;
        Assert.Equal("kube-root-ca.crt", (string?)authority["name"]);
        Assert.Equal("ca.crt", (string?)Assert.Single(authority["items"]!.AsArray())!["path"]);
    }

    private static string LabelOf(string folder, string setting)
    {
        var label = Regex.Match(Field(folder, setting)!, @"^metadata\.labels\['(?<label>.+)'\]$").Groups["label"].Value;
        Assert.NotNull(Overlays.Pod(folder)["metadata"]!["labels"]![label]);
        return label;
    }

    private static string? Value(string folder, string name) => (string?)Overlays.Setting(folder, name)!["value"];

    private static string? Field(string folder, string name) =>
        (string?)Overlays.Setting(folder, name)!["valueFrom"]!["fieldRef"]!["fieldPath"];

    private static JsonNode VolumeAt(string folder, string path)
    {
        var mount = Overlays.Container(folder)["volumeMounts"]!
            .AsArray()
            .Single(it => path.StartsWith($"{it!["mountPath"]}/", StringComparison.Ordinal));
        return Overlays.Pod(folder)["spec"]!["volumes"]!
            .AsArray()
            .Single(it => (string?)it!["name"] == (string?)mount!["name"])!;
    }

    private static IEnumerable<string?> Texts(JsonNode? list) => list!.AsArray().Select(it => (string?)it);
}
