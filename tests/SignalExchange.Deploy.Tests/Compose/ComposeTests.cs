using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SignalExchange.Deploy.Tests.Kubernetes;
using SignalExchange.Deploy.Tests.Schemas;

namespace SignalExchange.Deploy.Tests.Compose;

/// <summary>The compose file keeps the specification's schema, and its containers may do what they need and nothing else.</summary>
public sealed class ComposeTests
{
    private const string Folder = "compose";

    private static JsonObject File => (JsonObject)YamlJson.Of(DeployFiles.Yaml($"{Folder}/compose.yaml")[0])!;

    public static TheoryData<string> Services => [.. File["services"]!.AsObject().Select(it => it.Key)];

    [Fact]
    public void It_keeps_the_schema_of_the_specification() => Assert.Equal("", SchemaFile.Compose.ComplaintsOf(File));

    [Fact]
    public void A_misspelt_key_is_found()
    {
        var file = File;
        file["services"]!["exchange"]!["read_onyl"] = true;

        Assert.Contains("read_onyl", SchemaFile.Compose.ComplaintsOf(file), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_container_cannot_write_its_root_or_gain_rights_and_has_bounds(string name)
    {
        var service = File["services"]![name]!;

        Assert.True((bool)service["read_only"]!);
        Assert.Equal(["ALL"], service["cap_drop"]!.AsArray().Select(it => (string)it!));
        Assert.Equal(["no-new-privileges:true"], service["security_opt"]!.AsArray().Select(it => (string)it!));
        Assert.NotNull(service["mem_limit"]);
        Assert.Matches(@":v?\d+\.\d+\.\d+$", (string?)service["image"]);
    }

    [Fact]
    public void From_outside_the_machine_only_members_get_in()
    {
        var open = File["services"]!
            .AsObject()
            .SelectMany(it => it.Value!["ports"]!.AsArray())
            .Select(it => (string)it!)
            .Where(it => !it.StartsWith("127.0.0.1:", StringComparison.Ordinal));

        Assert.Equal(["7400:7400"], open);
    }

    [Fact]
    public void The_metrics_are_reached_by_prometheus_alone_under_the_name_that_it_asks_for()
    {
        var on = File["services"]!.AsObject().Where(it => NetworksOf(it.Value!).Contains("operations"));

        Assert.Equal(["exchange", "prometheus"], on.Select(it => it.Key));
        Assert.True((bool)File["networks"]!["operations"]!["internal"]!);
        var alias = (string?)File["services"]!["exchange"]!["networks"]!["operations"]!["aliases"]![0];
        Assert.Contains(
            $"[\"{alias}:9464\"]",
            DeployFiles.Read("observability/prometheus/prometheus.yml"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_secret_that_is_read_is_handed_over_and_none_is_in_the_tree()
    {
        var service = File["services"]!["exchange"]!;
        var read = service["environment"]!
            .AsObject()
            .Select(it => it.Value?.ToString() ?? "")
            .Where(it => it.StartsWith("/run/secrets/", StringComparison.Ordinal))
            .Select(it => Path.GetFileName(it));

        Assert.Equal(service["secrets"]!.AsArray().Select(it => (string)it!).Order(), read.Order());
        Assert.Contains("/deploy/compose/secrets/", DeployFiles.Read("../.gitignore"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_of_the_tree_that_is_mounted_is_there()
    {
        var mounted = Regex.Matches(DeployFiles.Read($"{Folder}/compose.yaml"), @"- (?<path>\.\.?/[^:\s]+):");

        Assert.NotEmpty(mounted);
        Assert.All(
            mounted
                .Select(it => it.Groups["path"].Value)
                .Where(it => !it.StartsWith("./secrets/", StringComparison.Ordinal)),
            it => Assert.True(Path.Exists(Path.Combine(DeployFiles.Root, Folder, it)), it)
        );
    }

    private static IEnumerable<string> NetworksOf(JsonNode service) =>
        service["networks"] switch
        {
            JsonObject named => named.Select(it => it.Key),
            JsonNode list => list.AsArray().Select(it => (string)it!),
            null => [],
        };
}
