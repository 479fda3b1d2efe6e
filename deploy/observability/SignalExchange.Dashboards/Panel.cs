using System.Text.Json.Nodes;

namespace SignalExchange.Dashboards;

/// <summary>One picture.</summary>
/// <param name="Title">What it shows, in the words of the documentation.</param>
/// <param name="Unit">The unit of its values, one of <see cref="Dashboards.Unit"/>.</param>
/// <param name="Queries">What it draws.</param>
internal sealed record Panel(string Title, string Unit, params Query[] Queries)
{
    /// <summary>Gets whether it is one number rather than lines over time.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Gets what a reader should know who does not know the metric; empty for nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets its width, of 24.</summary>
    public int Width => IsNumber ? 4 : 8;

    /// <summary>Gets its height in Grafana's rows.</summary>
    public int Height => IsNumber ? 4 : 8;

    /// <summary>Returns it in Grafana's form.</summary>
    public JsonObject ToJson(int id, int x, int y) =>
        new()
        {
            ["id"] = id,
            ["type"] = IsNumber ? "stat" : "timeseries",
            ["title"] = Title,
            ["description"] = Description,
            ["datasource"] = DataSource(),
            ["gridPos"] = new JsonObject
            {
                ["x"] = x,
                ["y"] = y,
                ["w"] = Width,
                ["h"] = Height,
            },
            ["fieldConfig"] = new JsonObject
            {
                ["defaults"] = new JsonObject { ["unit"] = Unit, ["min"] = 0 },
                ["overrides"] = new JsonArray(),
            },
            ["targets"] = new JsonArray([.. Queries.Select(Target)]),
        };

    /// <summary>Returns the reference to the data source that the reader chose.</summary>
    public static JsonObject DataSource() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };

    private JsonNode Target(Query query, int place) =>
        new JsonObject
        {
            ["refId"] = ((char)('A' + place)).ToString(),
            ["datasource"] = DataSource(),
            ["expr"] = query.Expression,
            ["legendFormat"] = query.Legend,
            ["instant"] = IsNumber,
            ["range"] = !IsNumber,
            ["exemplar"] = !IsNumber && query.Expression.Contains("_bucket", StringComparison.Ordinal),
        };
}
