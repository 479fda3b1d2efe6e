using System.Text.Json.Nodes;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Cli.Logs;

/// <summary>What a verification found, as rows: the log first, then each thing that is wrong.</summary>
internal static class VerificationRows
{
    public static IReadOnlyList<JsonObject> Of(LogVerification result) =>
        [Summary(result), .. result.Findings.Select(Row)];

    private static JsonObject Summary(LogVerification result) =>
        new()
        {
            ["intact"] = result.IsIntact,
            ["origin"] = result.Checkpoint?.Checkpoint.Origin,
            ["size"] = result.Checkpoint?.Checkpoint.Size,
            ["root"] = result.Checkpoint?.Checkpoint.Root.ToString(),
            ["witnesses"] = result.Checkpoint?.Witnesses,
            ["details_verified"] = result.DetailsVerified,
            ["details_shredded"] = result.DetailsShredded,
            ["findings"] = result.FindingCount,
        };

    private static JsonObject Row(LogFinding finding) =>
        new()
        {
            ["finding"] = finding.Kind.ToString(),
            ["entry"] = finding.Entry,
            ["file"] = finding.File,
            ["message"] = finding.Message,
        };
}
