using System.Globalization;
using System.Text.Json.Nodes;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Output;

/// <summary>An entry of the access log as a row.</summary>
internal static class EntryLine
{
    /// <summary>Returns the row; what the entry does not say is left out.</summary>
    public static JsonObject Of(EntrySummary entry)
    {
        var row = new JsonObject
        {
            ["index"] = entry.Index,
            ["time"] = entry
                .Time.ToDateTimeOffset()
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (entry.State != EntryDetailState.Open)
        {
            row["state"] = entry.State.ToString();
            return row;
        }

        Add(row, "member", entry.MemberId);
        Add(row, "key", entry.KeyThumbprint);
        Add(row, "role", entry.Role == KeyRole.Unspecified ? "" : entry.Role.ToString());
        row["method"] = entry.Method;
        Add(row, "purpose", entry.Purpose == CheckPurpose.Unspecified ? "" : entry.Purpose.ToString());
        row["status"] = entry.StatusCode;
        if (entry.IsBegun)
        {
            row["begun"] = true;
        }

        Add(row, "reason", entry.Reason == ErrorReason.Unspecified ? "" : ErrorReasonNames.Of(entry.Reason));
        (row["asked"], row["hits"], row["refused"]) = (entry.Asked, entry.Hits, entry.Refused);
        Add(row, "request_id", Convert.ToHexStringLower(entry.RequestId.Span));
        if (entry.Anomalies.Count > 0)
        {
            row["anomalies"] = Printer.Names(entry.Anomalies);
        }

        Add(row, "disposition", entry.Disposition == ReviewDisposition.Unspecified ? "" : entry.Disposition.ToString());
        return row;
    }

    private static void Add(JsonObject row, string name, string value)
    {
        if (value.Length > 0)
        {
            row[name] = value;
        }
    }
}
