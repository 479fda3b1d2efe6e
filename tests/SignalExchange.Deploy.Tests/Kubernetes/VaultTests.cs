using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>On Azure: what the vault hands out, what pods mount of it, and what deploy/azure makes are one.</summary>
public sealed class VaultTests
{
    private const string OnDatabase = "kubernetes/overlays/azure";
    private const string OnAccounts = "kubernetes/overlays/azure-storage";

    // The driver's CustomResourceDefinition, and what its Azure provider reads.
    private static readonly string[] Fields = ["provider", "parameters", "secretObjects"];
    private static readonly string[] Parameters = ["clientID", "keyvaultName", "tenantId", "objects"];
    private static readonly string[] ObjectFields = ["objectName", "objectAlias", "objectType", "objectEncoding"];

    public static TheoryData<string> Exchanges => [OnDatabase, OnAccounts];

    public static TheoryData<string, string> Folders =>
        new()
        {
            { OnDatabase, "" },
            { OnDatabase, "/bootstrap" },
            { OnAccounts, "" },
            { OnAccounts, "/bootstrap" },
        };

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void The_class_has_the_drivers_fields_and_no_other(string exchange)
    {
        var spec = Class(exchange)["spec"]!.AsObject();

        Assert.Equal("secrets-store.csi.x-k8s.io/v1", (string?)Class(exchange)["apiVersion"]);
        Assert.Equal("azure", (string?)spec["provider"]);
        Assert.Equal(Fields.Order(), Names(spec).Order());
        Assert.Equal(Parameters.Order(), Names(spec["parameters"]!).Order());
        Assert.All(spec["secretObjects"]!.AsArray(), it => Assert.Equal(["data", "secretName", "type"], Names(it!)));
        Assert.All(Objects(exchange), it => Assert.Subset(ObjectFields.ToHashSet(), Names(it).ToHashSet()));
        Assert.All(Objects(exchange), it => Assert.Equal("secret", (string?)it["objectType"]));
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void A_secret_is_made_of_what_is_fetched(string exchange)
    {
        var files = Objects(exchange).Select(it => (string?)it["objectAlias"] ?? (string?)it["objectName"]).ToList();

        Assert.Equal(
            files.Order(),
            Secrets(exchange)
                .SelectMany(it => it["data"]!.AsArray())
                .Select(it => (string?)it!["objectName"])
                .Distinct()
                .Order()
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_pod_mounts_the_class_and_finds_every_file_that_its_settings_name(string exchange, string part)
    {
        var folder = exchange + part;
        var volumes = Overlays.Pod(folder)["spec"]!["volumes"]!.AsArray();
        var container = Overlays.Container(folder);
        var keys = Secrets(exchange)
            .ToDictionary(
                it => (string)it["secretName"]!,
                it => it["data"]!.AsArray().Select(data => (string)data!["key"]!).ToList()
            );
        var files = volumes
            .Where(it => it!["secret"] is not null)
            .SelectMany(it =>
                keys[(string)it!["secret"]!["secretName"]!].Select(key => $"{MountOf(container, it)}/{key}")
            );

        Assert.Contains(
            volumes,
            it =>
                (string?)it!["csi"]?["volumeAttributes"]!["secretProviderClass"]
                == (string?)Class(exchange)["metadata"]!["name"]
        );
        Assert.Subset(
            files.ToHashSet(),
            container["env"]!
                .AsArray()
                .Select(it => (string?)it!["value"])
                .OfType<string>()
                .Where(it => it.StartsWith("/run/secrets/", StringComparison.Ordinal))
                .ToHashSet()
        );
        Assert.Equal("signalexchange", (string?)Overlays.Pod(folder)["spec"]!["serviceAccountName"]);
    }

    [Theory]
    [InlineData(OnDatabase, "signalexchange-database", "database")]
    [InlineData(OnAccounts, "signalexchange-accounts", "endpoints")]
    public void The_account_and_the_storages_addresses_are_those_that_bicep_makes(
        string exchange,
        string name,
        string subnet
    )
    {
        var network = DeployFiles.Read("azure/modules/network.bicep");
        var account = Assert.Single(Overlays.Of(exchange, "ServiceAccount"))["metadata"]!;
        var policy = Assert.Single(
            Overlays.Of(exchange, "NetworkPolicy"),
            it => (string?)it["metadata"]!["name"] == name
        );
        var rule = Assert.Single(policy["spec"]!["egress"]!.AsArray())!;

        Assert.Matches(
            $@"namespace: '{account["namespace"]}'\s+name: '{account["name"]}'",
            DeployFiles.Read("azure/main.bicep")
        );
        Assert.Equal(
            Regex
                .Match(network, $@"name: '{subnet}'\s+properties: \{{\s+addressPrefix: '(?<cidr>[^']+)'")
                .Groups["cidr"]
                .Value,
            (string?)Assert.Single(rule["to"]!.AsArray())!["ipBlock"]!["cidr"]
        );
    }

    // The webhook looks for the label at the pod and for the client id at its account (learn.microsoft.com/azure/aks/workload-identity-overview).
    [Theory]
    [InlineData("")]
    [InlineData("/bootstrap")]
    public void A_pod_on_accounts_is_lent_the_identity_that_may_write_to_them(string part)
    {
        var account = Assert.Single(Overlays.Of(OnAccounts, "ServiceAccount"))["metadata"]!;
        var pod = Overlays.Pod(OnAccounts + part);

        Assert.NotNull(account["annotations"]!["azure.workload.identity/client-id"]);
        Assert.Equal("true", (string?)pod["metadata"]!["labels"]!["azure.workload.identity/use"]);
        Assert.Equal((string?)account["name"], (string?)pod["spec"]!["serviceAccountName"]);
        Assert.Equal(
            "true",
            (string?)
                Overlays.Setting(OnAccounts + part, "Exchange__Storage__AzureStorage__UseManagedIdentity")!["value"]
        );
    }

    private static JsonObject Class(string exchange) =>
        Assert.Single(Kustomization.Render(exchange), it => (string?)it["kind"] == "SecretProviderClass");

    private static IEnumerable<JsonNode> Secrets(string exchange) =>
        Class(exchange)["spec"]!["secretObjects"]!.AsArray().Select(it => it!);

    // YAML within YAML within YAML, as the provider wants it.
    private static IEnumerable<JsonNode> Objects(string exchange) =>
        Parse((string)Class(exchange)["spec"]!["parameters"]!["objects"]!)["array"]!
            .AsArray()
            .Select(it => Parse((string)it!));

    private static JsonNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return YamlJson.Of(stream.Documents[0].RootNode)!;
    }

    private static string? MountOf(JsonNode container, JsonNode volume) =>
        (string?)
            container["volumeMounts"]!.AsArray().Single(it => (string?)it!["name"] == (string?)volume["name"])![
                "mountPath"
            ];

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(it => it.Key).Order();
}
