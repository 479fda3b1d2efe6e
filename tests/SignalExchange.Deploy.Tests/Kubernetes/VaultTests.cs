using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>On Azure: what the vault hands out, what pods mount of it, and what deploy/azure makes are one.</summary>
public sealed class VaultTests
{
    private const string Exchange = "kubernetes/overlays/azure";

    // The driver's CustomResourceDefinition, and what its Azure provider reads.
    private static readonly string[] Fields = ["provider", "parameters", "secretObjects"];
    private static readonly string[] Parameters = ["clientID", "keyvaultName", "tenantId", "objects"];
    private static readonly string[] ObjectFields = ["objectName", "objectAlias", "objectType", "objectEncoding"];

    public static TheoryData<string> Folders => [Exchange, Exchange + "/bootstrap"];

    private static JsonNode Class =>
        Assert.Single(Kustomization.Render(Exchange), it => (string?)it["kind"] == "SecretProviderClass");

    [Fact]
    public void The_class_has_the_drivers_fields_and_no_other()
    {
        var spec = Class["spec"]!.AsObject();

        Assert.Equal("secrets-store.csi.x-k8s.io/v1", (string?)Class["apiVersion"]);
        Assert.Equal("azure", (string?)spec["provider"]);
        Assert.Equal(Fields.Order(), Names(spec).Order());
        Assert.Equal(Parameters.Order(), Names(spec["parameters"]!).Order());
        Assert.All(spec["secretObjects"]!.AsArray(), it => Assert.Equal(["data", "secretName", "type"], Names(it!)));
        Assert.All(Objects(), it => Assert.Subset(ObjectFields.ToHashSet(), Names(it).ToHashSet()));
        Assert.All(Objects(), it => Assert.Equal("secret", (string?)it["objectType"]));
    }

    [Fact]
    public void A_secret_is_made_of_what_is_fetched()
    {
        var files = Objects().Select(it => (string?)it["objectAlias"] ?? (string?)it["objectName"]).ToList();

        Assert.Equal(
            files.Order(),
            Secrets()
                .SelectMany(it => it["data"]!.AsArray())
                .Select(it => (string?)it!["objectName"])
                .Distinct()
                .Order()
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_pod_mounts_the_class_and_finds_every_file_that_its_settings_name(string folder)
    {
        var volumes = Overlays.Pod(folder)["spec"]!["volumes"]!.AsArray();
        var container = Overlays.Container(folder);
        var keys = Secrets()
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
                (string?)it!["csi"]?["volumeAttributes"]!["secretProviderClass"] == (string?)Class["metadata"]!["name"]
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

    [Fact]
    public void The_account_and_the_databases_addresses_are_those_that_bicep_makes()
    {
        var network = DeployFiles.Read("azure/modules/network.bicep");
        var account = Assert.Single(Overlays.Of(Exchange, "ServiceAccount"))["metadata"]!;
        var policy = Assert.Single(
            Overlays.Of(Exchange, "NetworkPolicy"),
            it => (string?)it["metadata"]!["name"] == "signalexchange-database"
        );
        var rule = Assert.Single(policy["spec"]!["egress"]!.AsArray())!;

        Assert.Matches(
            $@"namespace: '{account["namespace"]}'\s+name: '{account["name"]}'",
            DeployFiles.Read("azure/main.bicep")
        );
        Assert.Equal(
            Regex
                .Match(network, @"name: 'database'\s+properties: \{\s+addressPrefix: '(?<cidr>[^']+)'")
                .Groups["cidr"]
                .Value,
            (string?)Assert.Single(rule["to"]!.AsArray())!["ipBlock"]!["cidr"]
        );
    }

    private static IEnumerable<JsonNode> Secrets() => Class["spec"]!["secretObjects"]!.AsArray().Select(it => it!);

    // YAML within YAML within YAML, as the provider wants it.
    private static IEnumerable<JsonNode> Objects() =>
        Parse((string)Class["spec"]!["parameters"]!["objects"]!)["array"]!.AsArray().Select(it => Parse((string)it!));

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
