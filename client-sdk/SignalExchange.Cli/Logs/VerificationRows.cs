using System.Text.Json.Nodes;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Cli.Logs;

/// <summary>What a verification found, as rows: the log first, then each thing that is wrong.</summary>
internal static class VerificationRows
{
    /// <summary>Returns the rows.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="keys">The keys that it was verified with.</param>
    /// <param name="isTrusted">Whether the caller named them; otherwise the log did.</param>
    public static IReadOnlyList<JsonObject> Of(
        LogVerification result,
        IReadOnlyList<VerifierKey> keys,
        bool isTrusted
    ) => [Summary(result, keys, isTrusted), .. result.Findings.Select(Row)];

    private static JsonObject Summary(LogVerification result, IReadOnlyList<VerifierKey> keys, bool isTrusted) =>
        new()
        {
            ["intact"] = result.IsIntact,
            ["origin"] = result.Checkpoint?.Checkpoint.Origin,
            ["size"] = result.Checkpoint?.Checkpoint.Size,
            ["root"] = result.Checkpoint?.Checkpoint.Root.ToString(),
            ["witnesses"] = result.Checkpoint?.Witnesses,
            ["details_verified"] = result.DetailsVerified,
            ["details_absent"] = result.DetailsShredded,
            ["findings"] = result.FindingCount,
            ["key"] = string.Join(", ", keys),
            ["key_from"] = isTrusted ? "caller" : "log",
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
