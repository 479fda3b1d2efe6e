using System.Text.Json;
using System.Text.Json.Nodes;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Output;

/// <summary>What sigx prints: JSON for programs, short lines for people. Identifiers are not repeated; their place on the command line is.</summary>
internal static class Printer
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Prints an array of objects, or a line for each.</summary>
    public static async Task Print(TextWriter output, bool isJson, IReadOnlyList<JsonObject> rows)
    {
        if (isJson)
        {
            await output.WriteLineAsync(new JsonArray([.. rows]).ToJsonString(Indented));
            return;
        }

        foreach (var row in rows)
        {
            await output.WriteLineAsync(
                string.Join(
                    "  ",
                    row.Where(cell => cell.Value is not null).Select(cell => $"{cell.Key}={Plain(cell.Value!)}")
                )
            );
        }
    }

    /// <summary>Prints a call's failure.</summary>
    public static Task Failure(TextWriter error, SignalExchangeException failure) =>
        error.WriteLineAsync(failure.Message);

    /// <summary>Adds why something was refused.</summary>
    public static JsonObject With(this JsonObject row, Refusal? refusal)
    {
        if (refusal is { } known)
        {
            row["reason"] = ErrorCatalog.NameOf(known.Reason);
            row["message"] = known.ToString();
        }

        return row;
    }

    /// <summary>A signal as a row's cell.</summary>
    public static JsonObject Of(Signal signal) =>
        new()
        {
            ["owner"] = signal.Owner,
            ["state"] = signal.State.ToString(),
            ["status"] = signal.Statement.Status.ToString(),
            ["severity"] = signal.Statement.Severity.ToString(),
            ["categories"] = Names(signal.Statement.Categories),
            ["actions"] = Names(signal.Statement.ActionsTaken),
            ["revision"] = signal.Revision,
            ["signal_id"] = Convert.ToHexStringLower(signal.SignalId.Span),
            ["expires_at"] = signal
                .Statement.ExpiresAt.ToDateTimeOffset()
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        };

    public static JsonArray Names<T>(IEnumerable<T> values)
        where T : struct, Enum => [.. values.Select(value => (JsonNode)value.ToString())];

    private static string Plain(JsonNode value) =>
        value switch
        {
            JsonArray list => "[" + string.Join(' ', list.Select(item => Plain(item!))) + "]",
            JsonObject nested => "{"
                + string.Join(' ', nested.Select(cell => $"{cell.Key}={Plain(cell.Value!)}"))
                + "}",
            _ => value.ToString(),
        };
}
