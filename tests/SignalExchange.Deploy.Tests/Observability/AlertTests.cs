using System.Text.RegularExpressions;

namespace SignalExchange.Deploy.Tests.Observability;

/// <summary>An alert that nobody tried, or that leaves whom it wakes alone, is not ready. What promtool cannot tell.</summary>
public sealed class AlertTests
{
    private const string Rules = "observability/prometheus/alerts.rules.yml";
    private const string UnitTests = "observability/prometheus/rules.test.yml";
    private const string Recordings = "observability/prometheus/recording.rules.yml";

    public static TheoryData<string> Alerts => [.. Named("alert", Rules)];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_is_seen_to_fire(string alert)
    {
        var tries = DeployFiles
            .Yaml(UnitTests)[0]
            .Each("tests")
            .SelectMany(test => test.Each("alert_rule_test"))
            .Where(test => test.Text("alertname") == alert)
            .ToList();

        Assert.Contains(tries, test => test.Each("exp_alerts").Any());
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_has_a_runbook_under_its_name(string alert)
    {
        var rule = DeployFiles
            .Yaml(Rules)[0]
            .Each("groups")
            .SelectMany(group => group.Each("rules"))
            .Single(rule => rule.Text("alert") == alert);
        var url = rule.Text("annotations", "runbook_url")!.Split('#');

        Assert.Equal("deploy/README.md", url[0]);
        Assert.Equal(alert.ToLowerInvariant(), url[1]);
        var section = Regex.Match(
            DeployFiles.Read("README.md"),
            $@"^#+ {alert}\n(?<text>[\s\S]*?)(?=^#|\z)",
            RegexOptions.Multiline
        );
        Assert.True(section.Success, $"deploy/README.md has no heading {alert}.");
        Assert.True(section.Groups["text"].Value.Trim().Length > 100, $"The runbook of {alert} says nothing.");
        Assert.Contains(rule.Text("labels", "severity"), new[] { "page", "ticket" });
    }

    [Fact]
    public void No_runbook_is_left_of_an_alert_that_is_gone()
    {
        var runbooks = Regex
            .Matches(DeployFiles.Read("README.md"), "^#+ (?<alert>SignalExchange[A-Za-z]+)$", RegexOptions.Multiline)
            .Select(heading => heading.Groups["alert"].Value);

        Assert.Empty(runbooks.Except(Named("alert", Rules)));
    }

    [Fact]
    public void Every_recorded_series_is_tried_or_stands_in_an_alert_that_is()
    {
        var tried = DeployFiles.Read(UnitTests) + string.Concat(Named("expr", Rules).Select(expr => $"expr: {expr}\n"));

        Assert.Empty(Named("record", Recordings).Where(name => !tried.Contains(name, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Named(string kind, string file) =>
        DeployFiles
            .Yaml(file)[0]
            .Each("groups")
            .SelectMany(group => group.Each("rules"))
            .Select(rule => rule.Text(kind))
            .OfType<string>();
}
