using System.Text.Json.Nodes;
using SignalExchange.Dashboards;

namespace SignalExchange.Deploy.Tests.Observability;

/// <summary>The dashboards that are committed are those that the code makes, and Grafana can lay them out.</summary>
public sealed class DashboardTests
{
    private const string Folder = "observability/grafana";
    private const int Columns = 24;

    public static TheoryData<string> Names => [.. Catalog.All.Select(dashboard => dashboard.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_file_is_what_the_code_makes(string name)
    {
        var dashboard = Catalog.All.Single(it => it.Name == name);

        Assert.True(
            DeployFiles.Read(Path.Combine(Folder, dashboard.FileName)) == dashboard.ToJson(),
            "Run: dotnet run --project deploy/observability/SignalExchange.Dashboards -- deploy/observability/grafana"
        );
    }

    [Fact]
    public void There_is_no_other_file() =>
        Assert.Equal(
            Catalog.All.Select(dashboard => dashboard.FileName).Order(StringComparer.Ordinal),
            Directory
                .EnumerateFiles(Path.Combine(DeployFiles.Root, Folder))
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_have_ids_of_their_own_and_do_not_overlap(string name)
    {
        var panels = Panels(name);

        Assert.Equal(panels.Count, panels.Select(panel => (int)panel["id"]!).Distinct().Count());
        var cells = panels.SelectMany(Cells).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, Columns - 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_panel_asks_the_chosen_source_about_the_chosen_exchange(string name) =>
        Assert.All(
            Panels(name)
                .Where(panel => (string?)panel["type"] != "row")
                .SelectMany(panel => panel["targets"]!.AsArray()),
            target =>
            {
                Assert.Contains("job='$job'", (string?)target!["expr"], StringComparison.Ordinal);
                Assert.Equal("${datasource}", (string?)target["datasource"]!["uid"]);
            }
        );

    private static List<JsonNode> Panels(string name) =>
        [
            .. JsonNode.Parse(DeployFiles.Read(Path.Combine(Folder, name + ".json")))!["panels"]!
                .AsArray()
                .OfType<JsonNode>(),
        ];

    private static IEnumerable<(int X, int Y)> Cells(JsonNode panel)
    {
        var at = panel["gridPos"]!;
        return from x in Enumerable.Range((int)at["x"]!, (int)at["w"]!)
            from y in Enumerable.Range((int)at["y"]!, (int)at["h"]!)
            select (x, y);
    }
}
