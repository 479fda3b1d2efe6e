using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>What rules and dashboards ask Prometheus for is what an exchange tells it: names of series, and labels of matchers.</summary>
[Collection(SharedOperations.Name)]
public sealed class DeployedMetricsTests(OperationsFixture operations)
{
    // What Prometheus adds itself.
    private static readonly string[] Added = ["up", "job", "instance"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "observability");

    [Fact]
    public async Task Every_series_and_label_that_is_asked_for_exists()
    {
        var asked = Expressions().SelectMany(Selectors).ToList();
        var told = Told(await operations.Scrape());
        foreach (var recorded in Rules("record"))
        {
            told[recorded] = [];
        }

        Assert.True(asked.Count > 100, $"Only {asked.Count} selectors were found.");
        Assert.Empty(asked.Select(it => it.Name).Distinct().Except(told.Keys).Except(Added));
        var unknown =
            from selector in asked
            where told.GetValueOrDefault(selector.Name) is { Count: > 0 }
            from label in selector.Labels
            where !told[selector.Name].Contains(label) && !Added.Contains(label)
            select $"{selector.Name}{{{label}}}";
        Assert.Empty(unknown);
    }

    // Every series has its meter's name for a label, so without "on" nothing of one meter is ever matched with something of another.
    [Fact]
    public async Task What_compares_series_of_several_meters_says_by_which_labels()
    {
        var meters = Regex
            .Matches(
                await operations.Scrape(),
                @"^(?<name>[a-zA-Z_:][\w:]*)\{[^\n]*otel_scope_name=""(?<meter>[^""]*)""",
                RegexOptions.Multiline
            )
            .ToLookup(series => series.Groups["name"].Value, series => series.Groups["meter"].Value);

        var compared = Rules("expr")
            .Where(expression => Selectors(expression).SelectMany(it => meters[it.Name]).Distinct().Count() > 1)
            .ToList();

        Assert.NotEmpty(compared);
        Assert.All(
            compared,
            expression => Assert.Contains(" on (job, instance)", expression, StringComparison.Ordinal)
        );
    }

    private static IEnumerable<string> Expressions() =>
        Rules("expr")
            .Concat(
                Directory
                    .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
                    .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray())
                    .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
                    .Select(target => (string)target!["expr"]!)
            );

    private static IEnumerable<string> Rules(string key) =>
        from file in Directory.EnumerateFiles(Folder, "*.rules.yml", SearchOption.AllDirectories)
        from node in Load(file).AllNodes.OfType<YamlMappingNode>()
        where node.Children.ContainsKey(key)
        select node[key].ToString();

    private static YamlDocument Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        return stream.Documents[0];
    }

    // Names of PromQL: what is followed by a parenthesis is a function, what stands in one behind "by" is a label.
    private static IEnumerable<(string Name, List<string> Labels)> Selectors(string expression)
    {
        var text = Regex.Replace(expression, @"\b(by|without|on|ignoring)\s*\([^)]*\)", " ");
        text = Regex.Replace(text, @"\[[^\]]*\]", " ");
        foreach (
            Match name in Regex.Matches(
                text,
                @"(?<![\w:'""{,=~.-])(?<name>[a-zA-Z_:][\w:]*)\s*(?<labels>\{[^}]*\})?(?!\s*\(|[\w:])"
            )
        )
        {
            if (name.Groups["name"].Value is not ("and" or "or" or "unless" or "bool"))
            {
                var labels = Regex.Matches(name.Groups["labels"].Value, @"(?<=[{,]\s*)\w+(?=\s*(=|!))");
                yield return (name.Groups["name"].Value, [.. labels.Select(label => label.Value)]);
            }
        }
    }

    private static Dictionary<string, HashSet<string>> Told(string scrape)
    {
        var told = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (
            Match series in Regex.Matches(
                scrape,
                @"^(?<name>[a-zA-Z_:][\w:]*)\{(?<labels>[^\n]*)\} ",
                RegexOptions.Multiline
            )
        )
        {
            var labels = Regex.Matches(series.Groups["labels"].Value, @"(?<=^|,)\w+(?==)").Select(label => label.Value);
            (
                told.TryGetValue(series.Groups["name"].Value, out var known)
                    ? known
                    : told[series.Groups["name"].Value] = []
            ).UnionWith(labels);
        }

        return told;
    }
}
