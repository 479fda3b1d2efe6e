using System.Text.Json.Nodes;

namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>Pods that may do what they need and nothing else: the "restricted" Pod Security Standard, and more.</summary>
public sealed class HardeningTests
{
    public static TheoryData<string> Folders => [.. Overlays.Exchanges, .. Overlays.Bootstraps];

    public static TheoryData<string> Exchanges => [.. Overlays.Exchanges];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_pod_runs_as_nobody_in_particular_on_a_root_that_it_cannot_write(string folder)
    {
        var pod = Overlays.Pod(folder)["spec"]!["securityContext"]!;
        var container = Overlays.Container(folder)["securityContext"]!;

        Assert.True((bool)pod["runAsNonRoot"]!);
        Assert.Equal("RuntimeDefault", (string?)pod["seccompProfile"]!["type"]);
        Assert.Equal("OnRootMismatch", (string?)pod["fsGroupChangePolicy"]);
        Assert.True((bool)container["readOnlyRootFilesystem"]!);
        Assert.False((bool)container["allowPrivilegeEscalation"]!);
        Assert.Equal(["ALL"], container["capabilities"]!["drop"]!.AsArray().Select(it => (string)it!));
        Assert.False((bool)Overlays.Pod(folder)["spec"]!["automountServiceAccountToken"]!);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Memory_is_bounded_and_processor_time_is_not(string folder)
    {
        var resources = Overlays.Container(folder)["resources"]!;

        Assert.Equal((string?)resources["requests"]!["memory"], (string?)resources["limits"]!["memory"]);
        Assert.NotNull(resources["requests"]!["cpu"]);
        Assert.Null(resources["limits"]!["cpu"]);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Secrets_are_referred_to_and_nowhere_written(string folder)
    {
        var settings = Overlays.Container(folder)["env"]!.AsArray().ToList();

        Assert.DoesNotContain(
            settings,
            it => it!["value"] is { } value && ((string)value!).Contains("Password", StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain(Kustomization.Render(folder), it => (string?)it["kind"] == "Secret");
        Assert.All(
            Overlays.Pod(folder)["spec"]!["volumes"]!.AsArray().Where(it => it!["secret"] is not null),
            it => Assert.Equal(0b100_100_000, (long)it!["secret"]!["defaultMode"]!)
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void An_image_has_a_version(string folder) =>
        Assert.Matches(@"^[a-z.]+/signalexchange:\d+\.\d+\.\d+$", (string?)Overlays.Container(folder)["image"]);

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Probes_ask_where_tls_is_and_readiness_is_not_liveness(string folder)
    {
        var container = Overlays.Container(folder);

        Assert.Equal("/live", Probe(container, "livenessProbe"));
        Assert.Equal("/ready", Probe(container, "readinessProbe"));
        Assert.Equal("/ready", Probe(container, "startupProbe"));
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Nothing_comes_in_or_goes_out_unless_it_is_named(string folder)
    {
        var policies = Overlays.Of(folder, "NetworkPolicy");

        Assert.Contains(
            policies,
            it =>
                it["spec"]!["policyTypes"]!.AsArray().Count == 2
                && it["spec"]!["ingress"] is null
                && it["spec"]!["egress"] is null
        );
        Assert.All(policies, it => Assert.True(Overlays.Selects(it["spec"]!["podSelector"]!["matchLabels"], folder)));
        Assert.All(
            policies.Select(it => it["spec"]!["ingress"]?.AsArray()).OfType<JsonArray>().SelectMany(it => it),
            rule => Assert.NotEmpty(rule!["ports"]!.AsArray())
        );
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Services_and_the_budget_select_the_pods_and_ports_that_there_are(string folder)
    {
        var ports = Overlays.Container(folder)["ports"]!.AsArray().Select(it => (string?)it!["name"]).ToList();
        foreach (var service in Overlays.Of(folder, "Service"))
        {
            Assert.True(Overlays.Selects(service["spec"]!["selector"], folder));
            Assert.All(service["spec"]!["ports"]!.AsArray(), it => Assert.Contains((string?)it!["targetPort"], ports));
        }

        var budget = Assert.Single(Overlays.Of(folder, "PodDisruptionBudget"));
        Assert.True(Overlays.Selects(budget["spec"]!["selector"]!["matchLabels"], folder));
        Assert.Equal(1, (long)budget["spec"]!["maxUnavailable"]!);
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void The_namespace_enforces_it_and_everything_is_in_it(string folder)
    {
        var space = Assert.Single(Overlays.Of(folder, "Namespace"));

        Assert.Equal("restricted", (string?)space["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]);
        Assert.All(
            Kustomization.Render(folder).Where(Kustomization.IsNamespaced),
            it => Assert.Equal((string?)space["metadata"]!["name"], (string?)it["metadata"]!["namespace"])
        );
    }

    private static string? Probe(JsonNode container, string name)
    {
        var http = container[name]!["httpGet"]!;
        Assert.Equal("HTTPS", (string?)http["scheme"]);
        Assert.Equal("operations", (string?)http["port"]);
        return (string?)http["path"];
    }
}
