using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rules of exports of the access log: what leaves the exchange in numbers leaves with a second person's consent.</summary>
/// <remarks>Pure. The approval is of one filter and format for one key; within its days it may be used again, and each use is an entry.</remarks>
internal static class ExportRules
{
    /// <summary>Asks. Nothing in the registry changes but that it was asked.</summary>
    public static RegistryStep Request(RegistryState state) => new(state.NextVersion(), null);

    /// <summary>Whether an export may be made now.</summary>
    public static RegistryStep Check(
        RegistryState state,
        RequestExportRequest export,
        ByteString approvalId,
        string auditorKey,
        DateTimeOffset now
    )
    {
        var asked = state.Requested.FirstOrDefault(it => it.Approval.ApprovalId == approvalId);
        if (asked is not null && IsGood(asked, export, auditorKey, now))
        {
            return RegistryStep.Known(asked.Approval);
        }

        return state.FourEyes || !approvalId.IsEmpty
            ? RegistryStep.Refused(ErrorReason.ExportNotApproved, "approval_id")
            : default;
    }

    private static bool IsGood(RequestedAct asked, RequestExportRequest export, string key, DateTimeOffset now) =>
        asked.Approval is { State: ApprovalState.Approved } approval
        && approval.RequestedBy == key
        && now < approval.DecidedAt.ToDateTimeOffset() + Limits.ApprovalLife
        && WireEquality<RequestExportRequest>.Instance.Equals(export, asked.Act.ExportLog);
}
