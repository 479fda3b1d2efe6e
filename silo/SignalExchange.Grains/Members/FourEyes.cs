using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rule of four eyes: an act that matters is asked for by one operator and decided by another.</summary>
/// <remarks>
/// Pure. Until a second operator has been enrolled, ever, there is nobody to ask, and acts take effect at once; from then on
/// there is no way back, since revoking an operator's key needs a second operator, too. What a custodian asks for always waits for an operator.
/// </remarks>
internal static class FourEyes
{
    /// <summary>Does an act, or asks for it.</summary>
    /// <param name="state">The registry.</param>
    /// <param name="act">The act.</param>
    /// <param name="operatorKey">The key or account of the operator who asks.</param>
    /// <param name="now">The time.</param>
    public static RegistryStep Request(RegistryState state, RegistryAct act, string operatorKey, DateTimeOffset now)
    {
        // What could not be done is refused to who asks, not to who approves; what is done already needs no approval.
        var step = RegistryActs.Apply(state, act, now);
        var kind = RegistryActs.ApprovalFor(state, act, operatorKey);
        if (step.Next is null || !NeedsApproval(state, kind))
        {
            return step;
        }

        var pending = state.Requested.Where(it => StateAt(it.Approval, now) == ApprovalState.Pending).ToList();
        if (pending.FirstOrDefault(it => WireEquality<RegistryAct>.Instance.Equals(it.Act, act)) is { } same)
        {
            return RegistryStep.Known(Shown(state, same, now));
        }

        return pending.Count < Limits.MaxPendingApprovals
            ? Ask(state, act, kind, AskedChanges.Of(state, act, step), operatorKey, now)
            : RegistryStep.Refused(new Refusal(ErrorReason.TooManyApprovals, "", Limits.MaxPendingApprovals));
    }

    /// <summary>Approves an act as it was shown, checks its rules again, and does it.</summary>
    public static RegistryStep Approve(RegistryState state, Consent consent, DateTimeOffset now)
    {
        if (Find(state, ByteString.CopyFrom(consent.ApprovalId)) is not { } asked)
        {
            return RegistryStep.Refused(ErrorReason.ApprovalNotFound, "approval_id");
        }

        var shown = Shown(state, asked, now);
        if (RefuseConsent(state, shown, consent) is { } refusal)
        {
            return RegistryStep.Refused(refusal);
        }

        return shown.State == ApprovalState.Approved
            ? RegistryStep.Known(shown)
            : Do(state, shown, CodeHalves.Complete(asked, consent), consent.OperatorKey, now);
    }

    /// <summary>Refuses an act, one's own or another operator's.</summary>
    public static RegistryStep Refuse(RegistryState state, ByteString id, string operatorKey, DateTimeOffset now)
    {
        if (Find(state, id) is not { } asked)
        {
            return RegistryStep.Refused(ErrorReason.ApprovalNotFound, "approval_id");
        }

        return StateAt(asked.Approval, now) switch
        {
            ApprovalState.Pending => Decide(
                state.NextVersion(),
                Shown(state, asked, now),
                ApprovalState.Refused,
                operatorKey,
                now
            ),
            ApprovalState.Refused => RegistryStep.Known(asked.Approval),
            _ => RegistryStep.Refused(ErrorReason.ApprovalClosed, "approval_id"),
        };
    }

    /// <summary>Returns an approval as it is at a time, with what its act would change now.</summary>
    public static Approval Shown(RegistryState state, RequestedAct asked, DateTimeOffset now)
    {
        var shown = new Approval(asked.Approval) { State = StateAt(asked.Approval, now) };
        if (shown.State == ApprovalState.Pending && AskedChanges.Of(state, asked.Act, now) is { } changes)
        {
            shown.Changes.Clear();
            shown.Changes.Add(changes);
        }

        return shown;
    }

    /// <summary>Returns an approval as it is at a time: what nobody decided expires by itself.</summary>
    public static Approval At(Approval approval, DateTimeOffset now) =>
        StateAt(approval, now) == approval.State ? approval : new Approval(approval) { State = StateAt(approval, now) };

    /// <summary>Returns an approval's state at a time.</summary>
    public static ApprovalState StateAt(Approval approval, DateTimeOffset now) =>
        approval.State == ApprovalState.Pending && approval.ExpiresAt.ToDateTimeOffset() <= now
            ? ApprovalState.Expired
            : approval.State;

    // A custodian is no operator: there is always somebody else to ask.
    private static bool NeedsApproval(RegistryState state, ApprovalAct kind) =>
        kind == ApprovalAct.RotateKey || (state.FourEyes && kind != ApprovalAct.Unspecified);

    private static Refusal? RefuseConsent(RegistryState state, Approval shown, Consent consent)
    {
        // One human with a key and an account is one pair of eyes.
        if (Operators.HumanOf(state, shown.RequestedBy) == Operators.HumanOf(state, consent.OperatorKey))
        {
            return new Refusal(ErrorReason.ApprovalOwn, "approval_id");
        }

        if (Operators.AreTied(state, shown.RequestedBy, consent.OperatorKey))
        {
            return new Refusal(ErrorReason.ApprovalNotIndependent, "approval_id");
        }

        if (shown.State is not (ApprovalState.Pending or ApprovalState.Approved))
        {
            return new Refusal(ErrorReason.ApprovalClosed, "approval_id");
        }

        // Of what was approved before, too: whoever is told that it is done must have seen what was.
        return ApprovalDigest.Of(shown).AsSpan().SequenceEqual(consent.ShownDigest)
            ? null
            : new Refusal(ErrorReason.ApprovalNotShown, "shown_digest");
    }

    private static RegistryStep Do(
        RegistryState state,
        Approval shown,
        RegistryAct act,
        string operatorKey,
        DateTimeOffset now
    )
    {
        var step = RegistryActs.Apply(state, act, now);
        return step.Refusal is { } refusal
            ? RegistryStep.Refused(refusal)
            : Decide(step.Next ?? state.NextVersion(), shown, ApprovalState.Approved, operatorKey, now) with
            {
                Member = step.Member,
                Group = step.Group,
                Person = step.Person,
            };
    }

    private static RegistryStep Ask(
        RegistryState state,
        RegistryAct act,
        ApprovalAct kind,
        IReadOnlyList<LogChange> changes,
        string operatorKey,
        DateTimeOffset now
    )
    {
        var approval = new Approval
        {
            ApprovalId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SignalId.Size)),
            Act = kind,
            MemberId = RegistryActs.MemberOf(act),
            GroupId = act.SetGroup?.GroupId ?? "",
            Login = RegistryActs.LoginOf(state, act),
            KeyId = act.RotateKey?.ToKeyId ?? "",
            RequestedBy = operatorKey,
            RequestedAt = now.ToTimestamp(),
            ExpiresAt = (now + Limits.ApprovalLife).ToTimestamp(),
            State = ApprovalState.Pending,
            Changes = { changes },
        };
        var next = state.NextVersion();
        Forget(next, now);
        next.Requested.Add(new RequestedAct { Approval = approval, Act = act });
        return RegistryStep.Changed(next, approval);
    }

    // What was shown is kept with what became of it.
    private static RegistryStep Decide(
        RegistryState next,
        Approval shown,
        ApprovalState to,
        string operatorKey,
        DateTimeOffset now
    )
    {
        var approval = shown.Clone();
        Find(next, shown.ApprovalId)!.Approval = approval;
        approval.State = to;
        approval.DecidedBy = operatorKey;
        approval.DecidedAt = now.ToTimestamp();
        return RegistryStep.Changed(next, approval);
    }

    // The access log keeps them for ever; here they are kept to be listed.
    private static void Forget(RegistryState next, DateTimeOffset now)
    {
        var old = next.Requested.Where(it => it.Approval.RequestedAt.ToDateTimeOffset() + Limits.ApprovalMemory < now);
        foreach (var asked in old.ToList())
        {
            next.Requested.Remove(asked);
        }
    }

    private static RequestedAct? Find(RegistryState state, ByteString id) =>
        state.Requested.FirstOrDefault(asked => asked.Approval.ApprovalId == id);
}
