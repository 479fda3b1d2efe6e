using System.Text.Json.Nodes;
using SignalExchange.Benchmarks.Compare;

namespace SignalExchange.Benchmarks.Tests.Compare;

/// <summary>What a comparison leaves behind, for people and for machines.</summary>
public sealed class CompareReportTests : IDisposable
{
    private static readonly CompareReport Report = CompareReport.Of([
        ComparedRow.Of("held", "1/s", [100, 110, 120], [100, 100, 100], Target.AtLeast(1.1)),
        ComparedRow.Of("missed", "ms", [4, 2], [1, 1], Target.AtMost(2.9)),
        ComparedRow.Of("to inform", "MiB", [1], [2], target: null),
    ]);

    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_file_has_the_stated_keys_and_no_others()
    {
        var json = Save();

        Assert.Equal(["machine", "commit", "rows"], json.Select(it => it.Key));
        Assert.All(
            json["rows"]!.AsArray(),
            row =>
                Assert.Equal(
                    ["row", "ours", "peer", "unit", "ratio", "spread", "target", "holds"],
                    row!.AsObject().Select(it => it.Key)
                )
        );
        Assert.Contains("cores", json["machine"]!.AsObject().Select(it => it.Key));
        Assert.NotEmpty(json["commit"]!.GetValue<string>());
    }

    [Fact]
    public void The_file_has_medians_ratios_spreads_and_whether_rows_hold()
    {
        var rows = Save()["rows"]!.AsArray();

        Assert.Equal(
            """{"row":"held","ours":110,"peer":100,"unit":"1/s","ratio":1.1,"spread":0.1818,"target":"\u003E= 1.1","holds":true}""",
            Rounded(rows[0]!)
        );
        Assert.Equal(
            """{"row":"missed","ours":3,"peer":1,"unit":"ms","ratio":3,"spread":0.6667,"target":"\u003C= 2.9","holds":false}""",
            Rounded(rows[1]!)
        );
    }

    [Fact]
    public void A_row_that_only_informs_is_not_in_the_file() =>
        Assert.Equal(["held", "missed"], Save()["rows"]!.AsArray().Select(it => it!["row"]!.GetValue<string>()));

    [Fact]
    public void The_table_describes_the_machine_and_has_a_line_for_each_row()
    {
        using var output = new StringWriter();

        Report.Print(output);

        var lines = output.ToString().Split(output.NewLine);
        Assert.Equal(Report.Machine.ToString(), lines[0]);
        Assert.StartsWith($"Commit {Report.Commit}. Medians", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            ["held", "missed", "to inform"],
            lines.Skip(5).Where(it => it.Length > 0).Select(it => it.Split('|')[1].Trim())
        );
    }

    [Fact]
    public void Without_a_name_there_is_no_file()
    {
        Report.Save(null);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.PathOf("")));
    }

    private JsonObject Save()
    {
        Report.Save(_files.PathOf("rows.json"));
        return JsonNode.Parse(File.ReadAllText(_files.PathOf("rows.json")))!.AsObject();
    }

    private static string Rounded(JsonNode row)
    {
        foreach (var key in new[] { "ratio", "spread" })
        {
            row[key] = Math.Round(row[key]!.GetValue<double>(), 4);
        }

        return row.ToJsonString();
    }
}
