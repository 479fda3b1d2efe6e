using System.Globalization;
using System.Text.Json.Nodes;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Output;

/// <summary>Approvals as rows: whole, since what is not shown is not approved.</summary>
internal static class ApprovalRows
{
    public static JsonObject Of(Approval approval) =>
        new()
        {
            ["approval"] = Convert.ToHexStringLower(approval.ApprovalId.Span),
            ["act"] = approval.Act.ToString(),
            ["about"] = About(approval),
            ["approval_state"] = approval.State.ToString(),
            ["requested_by"] = approval.RequestedBy,
            ["expires_at"] = approval
                .ExpiresAt.ToDateTimeOffset()
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["changes"] = new JsonArray([.. approval.Changes.Select(change => (JsonNode)TextOf(change))]),
        };

    public static JsonObject Of(ApproveActResponse response)
    {
        var row = Of(response.Approval);
        row["code_half"] = response.Code.Length > 0 ? response.Code : null;
        return row;
    }

    /// <summary>An approval, a row for each change, and the digest of them all.</summary>
    public static IReadOnlyList<JsonObject> InFull(Approval approval)
    {
        var head = Of(approval);
        head.Remove("changes");
        return
        [
            head,
            .. approval.Changes.Select(change => new JsonObject
            {
                ["setting"] = change.Setting,
                ["before"] = change.OldValue,
                ["after"] = change.NewValue,
            }),
            new JsonObject { ["shown"] = Convert.ToHexStringLower(ApprovalDigest.Of(approval)) },
        ];
    }

    private static string About(Approval approval) =>
        approval.Login.Length > 0 ? approval.Login
        : approval.MemberId.Length > 0 ? approval.MemberId
        : approval.GroupId.Length > 0 ? approval.GroupId
        : approval.KeyId;

    private static string TextOf(LogChange change) =>
        change.OldValue == change.NewValue ? $"{change.Setting}: {change.NewValue}, as it is"
        : change.OldValue.Length == 0 ? $"{change.Setting}: {change.NewValue}"
        : $"{change.Setting}: {change.OldValue} -> {(change.NewValue.Length == 0 ? "gone" : change.NewValue)}";
}
