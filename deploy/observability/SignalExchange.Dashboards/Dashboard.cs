using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SignalExchange.Dashboards;

/// <summary>A page of Grafana.</summary>
/// <param name="Name">Its file and its address: lower-case letters and hyphens.</param>
/// <param name="Title">Its title.</param>
/// <param name="Rows">What stands on it, from top to bottom.</param>
internal sealed record Dashboard(string Name, string Title, params Row[] Rows)
{
    private const int Columns = 24;
    private const int SchemaVersion = 39; // Grafana 10.3; newer ones read it.

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Gets the name of its file.</summary>
    public string FileName => Name + ".json";

    /// <summary>Returns it in Grafana's form, the same bytes each time.</summary>
    public string ToJson() =>
        new JsonObject
        {
            ["uid"] = "signalexchange-" + Name,
            ["title"] = Title,
            ["tags"] = new JsonArray("signalexchange"),
            ["schemaVersion"] = SchemaVersion,
            ["editable"] = false,
            ["refresh"] = "30s",
            ["time"] = new JsonObject { ["from"] = "now-6h", ["to"] = "now" },
            ["templating"] = new JsonObject { ["list"] = new JsonArray(DataSourceVariable(), JobVariable()) },
            ["panels"] = Panels(),
        }.ToJsonString(Readable) + "\n";

    private static JsonObject DataSourceVariable() =>
        new()
        {
            ["name"] = "datasource",
            ["label"] = "Data source",
            ["type"] = "datasource",
            ["query"] = "prometheus",
        };

    private static JsonObject JobVariable() =>
        new()
        {
            ["name"] = "job",
            ["label"] = "Exchange",
            ["type"] = "query",
            ["datasource"] = Panel.DataSource(),
            ["query"] = "label_values(signalexchange_silo_ready, job)",
            ["refresh"] = 1,
        };

    private JsonArray Panels()
    {
        var panels = new JsonArray();
        var y = 0;
        foreach (var row in Rows)
        {
            panels.Add(Heading(row.Title, panels.Count + 1, y++));
            y = Place(row, panels, y);
        }

        return panels;
    }

    private static int Place(Row row, JsonArray panels, int y)
    {
        var (x, height) = (0, 0);
        foreach (var panel in row.Panels)
        {
            if (x + panel.Width > Columns)
            {
                (x, y, height) = (0, y + height, 0);
            }

            panels.Add(panel.ToJson(panels.Count + 1, x, y));
            (x, height) = (x + panel.Width, Math.Max(height, panel.Height));
        }

        return y + height;
    }

    private static JsonObject Heading(string title, int id, int y) =>
        new()
        {
            ["id"] = id,
            ["type"] = "row",
            ["title"] = title,
            ["collapsed"] = false,
            ["gridPos"] = new JsonObject
            {
                ["x"] = 0,
                ["y"] = y,
                ["w"] = Columns,
                ["h"] = 1,
            },
            ["panels"] = new JsonArray(),
        };
}
