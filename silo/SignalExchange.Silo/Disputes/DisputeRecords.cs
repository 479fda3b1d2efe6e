using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;

namespace SignalExchange.Silo.Disputes;

/// <summary>What the access log says of a dispute: to auditors everything, to either side nothing of the other.</summary>
/// <remarks>
/// Who called may have its entry proved, with all that it says (<c>AuditService.GetProof</c>), and nothing can be left out of it then, since the
/// leaf commits to the whole. So an entry names the owner only to who is shown the owner. For the others it says the dispute's id, under which
/// an entry of the exchange itself says whose signal it is: nobody but auditors reads that one.
/// </remarks>
internal sealed class DisputeRecords(IEntryWriter writer)
{
    /// <summary>What the exchange's own entry is called.</summary>
    public const string Event = "/disputes/changed";

    private const string IdSetting = "dispute.id";
    private const string StateSetting = "dispute.state";

    /// <summary>Fills the call's entry, and writes the exchange's own first where that one must not name the owner.</summary>
    /// <param name="entry">The caller's.</param>
    /// <param name="shown">The dispute as the caller is shown it.</param>
    /// <param name="dispute">All of it.</param>
    public async Task Record(CallEntry entry, Dispute shown, Dispute dispute)
    {
        if (shown.Owner != dispute.Owner)
        {
            await RecordOwner(dispute);
        }

        entry.SetSubject(shown.Owner);
        entry.AddChanges(ChangesOf(dispute));
    }

    // What was done stays done when the caller goes away, and so does its entry.
    private async Task RecordOwner(Dispute dispute)
    {
        var draft = writer.BeginSystem(LogRetention.Administration, Event, ChangesOf(dispute));
        draft.Detail.SubjectMemberId = dispute.Owner;
        await writer.AppendAsync(draft, CancellationToken.None);
    }

    private static LogChange[] ChangesOf(Dispute dispute) =>
        [
            new() { Setting = IdSetting, NewValue = Convert.ToHexStringLower(dispute.DisputeId.Span) },
            new() { Setting = StateSetting, NewValue = dispute.State.ToString() },
        ];
}
