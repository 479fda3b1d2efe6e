namespace SignalExchange.Deploy.Tests.Kubernetes;

/// <summary>Whatever the exchange listens on can be reached by somebody: a port of the container, a service, and a policy that lets them in.</summary>
public sealed class ListenerTests
{
    private const string Listen = "Exchange__Listen";

    public static TheoryData<string> Exchanges => [.. Overlays.Exchanges];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void A_port_that_is_listened_on_is_named_served_and_let_through(string folder)
    {
        var ports = Overlays.Container(folder)["ports"]!
            .AsArray()
            .ToDictionary(it => (long)it!["containerPort"]!, it => (string)it!["name"]!);
        var listened = Listened(folder).ToList();

        Assert.Equal(4, listened.Count);
        Assert.All(
            listened,
            port =>
            {
                Assert.Contains(port, ports.Keys);
                Assert.Contains(ports[port], Served(folder));
                Assert.Contains(ports[port], LetIn(folder));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void A_silo_talks_to_others_where_there_are_others_and_its_port_is_open_to_them_alone(string folder)
    {
        var port = Overlays.Container(folder)["ports"]!.AsArray().SingleOrDefault(it => (string?)it!["name"] == "silo");
        var rules = Overlays
            .Of(folder, "NetworkPolicy")
            .SelectMany(it => it["spec"]!["ingress"]?.AsArray() ?? [])
            .Where(it => it!["ports"]!.AsArray().Any(each => (string?)each!["port"] == "silo"))
            .ToList();

        Assert.Equal(Overlays.Replicas(folder) > 1, port is not null);
        Assert.Equal(Overlays.Replicas(folder) > 1 ? 1 : 0, rules.Count);
        Assert.All(
            rules,
            rule =>
                Assert.True(
                    Overlays.Selects(Assert.Single(rule!["from"]!.AsArray())!["podSelector"]!["matchLabels"], folder)
                )
        );
        Assert.DoesNotContain("silo", Served(folder));
    }

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Each_silos_log_is_found_by_a_service_of_its_own(string folder)
    {
        var pods = Overlays
            .Of(folder, "Service")
            .Where(it => it["spec"]!["ports"]!.AsArray().Any(port => (string?)port!["targetPort"] == "tiles"))
            .Select(it => (string?)it["spec"]!["selector"]!["statefulset.kubernetes.io/pod-name"]);

        Assert.Equal(Enumerable.Range(0, Overlays.Replicas(folder)).Select(pod => $"signalexchange-{pod}"), pods);
        // A log has one writer: each pod's bears its name.
        Assert.Equal("$(POD_NAME)", (string?)Overlays.Setting(folder, "Exchange__AccessLog__Log")!["value"]);
    }

    private static IEnumerable<long> Listened(string folder) =>
        Overlays.Container(folder)["env"]!
            .AsArray()
            .Where(it => ((string)it!["name"]!).StartsWith(Listen, StringComparison.Ordinal))
            .Select(it => (long)new Uri((string)it!["value"]!).Port);

    private static List<string?> Served(string folder) =>
        [
            .. Overlays
                .Of(folder, "Service")
                .SelectMany(it => it["spec"]!["ports"]!.AsArray())
                .Select(it => (string?)it!["targetPort"]),
        ];

    private static List<string?> LetIn(string folder) =>
        [
            .. Overlays
                .Of(folder, "NetworkPolicy")
                .SelectMany(it => it["spec"]!["ingress"]?.AsArray() ?? [])
                .SelectMany(it => it!["ports"]!.AsArray())
                .Select(it => (string?)it!["port"]),
        ];
}
