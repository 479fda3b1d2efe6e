using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
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
        var kind = RegistryActs.ApprovalFor(state, act);
        if (step.Next is null || !NeedsApproval(state, kind))
        {
            return step;
        }

        var pending = state.Requested.Where(it => StateAt(it, now) == ApprovalState.Pending).ToList();
        if (pending.FirstOrDefault(it => WireEquality<RegistryAct>.Instance.Equals(it.Act, act)) is { } same)
        {
            return RegistryStep.Known(same.Approval);
        }

        return pending.Count < Limits.MaxPendingApprovals
            ? Ask(state, act, kind, operatorKey, now)
            : RegistryStep.Refused(new Refusal(ErrorReason.TooManyApprovals, "", Limits.MaxPendingApprovals));
    }

    /// <summary>Approves an act, checks its rules again, and does it.</summary>
    public static RegistryStep Approve(RegistryState state, ByteString id, string operatorKey, DateTimeOffset now)
    {
        if (Find(state, id) is not { } asked)
        {
            return RegistryStep.Refused(ErrorReason.ApprovalNotFound, "approval_id");
        }

        // One human with a key and an account is one pair of eyes.
        if (Operators.HumanOf(state, asked.Approval.RequestedBy) == Operators.HumanOf(state, operatorKey))
        {
            return RegistryStep.Refused(ErrorReason.ApprovalOwn, "approval_id");
        }

        switch (StateAt(asked, now))
        {
            case ApprovalState.Approved:
                return RegistryStep.Known(asked.Approval);
            case not ApprovalState.Pending:
                return RegistryStep.Refused(ErrorReason.ApprovalClosed, "approval_id");
        }

        var step = RegistryActs.Apply(state, asked.Act, now);
        return step.Refusal is { } refusal
            ? RegistryStep.Refused(refusal)
            : Decide(step.Next ?? state.NextVersion(), id, ApprovalState.Approved, operatorKey, now) with
            {
                Member = step.Member,
                Group = step.Group,
                Person = step.Person,
            };
    }

    /// <summary>Refuses an act, one's own or another operator's.</summary>
    public static RegistryStep Refuse(RegistryState state, ByteString id, string operatorKey, DateTimeOffset now)
    {
        if (Find(state, id) is not { } asked)
        {
            return RegistryStep.Refused(ErrorReason.ApprovalNotFound, "approval_id");
        }

        return StateAt(asked, now) switch
        {
            ApprovalState.Pending => Decide(state.NextVersion(), id, ApprovalState.Refused, operatorKey, now),
            ApprovalState.Refused => RegistryStep.Known(asked.Approval),
            _ => RegistryStep.Refused(ErrorReason.ApprovalClosed, "approval_id"),
        };
    }

    /// <summary>Returns an approval as it is at a time: what nobody decided expires by itself.</summary>
    public static ApprovalState StateAt(RequestedAct asked, DateTimeOffset now) =>
        asked.Approval.State == ApprovalState.Pending && asked.Approval.ExpiresAt.ToDateTimeOffset() <= now
            ? ApprovalState.Expired
            : asked.Approval.State;

    // A custodian is no operator: there is always somebody else to ask.
    private static bool NeedsApproval(RegistryState state, ApprovalAct kind) =>
        kind == ApprovalAct.RotateKey || (state.FourEyes && kind != ApprovalAct.Unspecified);

    private static RegistryStep Ask(
        RegistryState state,
        RegistryAct act,
        ApprovalAct kind,
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
        };
        var next = state.NextVersion();
        Forget(next, now);
        next.Requested.Add(new RequestedAct { Approval = approval, Act = act });
        return RegistryStep.Changed(next, approval);
    }

    private static RegistryStep Decide(
        RegistryState next,
        ByteString id,
        ApprovalState to,
        string operatorKey,
        DateTimeOffset now
    )
    {
        var approval = Find(next, id)!.Approval;
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
