using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rules of a member's life: added, active, suspended, gone. Pure: never touches the state it is given.</summary>
internal static class MemberRules
{
    /// <summary>Adds the consortium with its first operator key; the one act that needs no operator.</summary>
    public static RegistryStep Bootstrap(RegistryState state, ByteString publicKey, DateTimeOffset now)
    {
        if (state.FindMember(MemberId.Consortium.Value) is not null)
        {
            return RegistryStep.Refused(ErrorReason.MemberExists, "member_id");
        }

        var consortium = new AddMemberRequest { MemberId = MemberId.Consortium.Value, PublicKey = publicKey };
        return Insert(state, consortium, KeyRole.Operator, now);
    }

    /// <summary>Adds an active member with its first key, in groups that it sees and may use.</summary>
    public static RegistryStep Add(RegistryState state, AddMemberRequest request, DateTimeOffset now)
    {
        if (state.FindMember(request.MemberId) is { } existing)
        {
            var isSame =
                existing.GroupIds.SequenceEqual(Distinct(request.GroupIds))
                && existing.Keys.Any(key => key.PublicKey == request.PublicKey);
            return isSame ? RegistryStep.Known(existing) : RegistryStep.Refused(ErrorReason.MemberExists, "member_id");
        }

        return MemberNames.IsReserved(request.MemberId)
            ? RegistryStep.Refused(ErrorReason.RoleDoesNotFit, "member_id")
            : Insert(state, request, KeyRole.MemberBackend, now);
    }

    /// <summary>Activates a member in test mode.</summary>
    public static RegistryStep Activate(RegistryState state, ActivateMemberRequest request) =>
        Move(state, request.MemberId, MemberState.Active, from: [MemberState.Test]);

    /// <summary>Suspends a member that may call, and remembers as what.</summary>
    public static RegistryStep Suspend(RegistryState state, SuspendMemberRequest request) =>
        Move(state, request.MemberId, MemberState.Suspended, from: [MemberState.Active, MemberState.Test]);

    /// <summary>Gives a suspended member back what it was: one in test mode becomes active by <see cref="Activate"/> alone.</summary>
    public static RegistryStep Reinstate(RegistryState state, ReinstateMemberRequest request) =>
        state.FindMember(request.MemberId) is { State: MemberState.Test } inTest
            ? RegistryStep.Known(inTest)
            : Move(state, request.MemberId, Before(state, request.MemberId), from: [MemberState.Suspended]);

    /// <summary>Ends a membership for good: keys, groups and accounts go with it.</summary>
    public static RegistryStep Offboard(RegistryState state, OffboardMemberRequest request, DateTimeOffset now)
    {
        var to =
            request.Signals == OffboardedSignals.Keep ? MemberState.OffboardedKept : MemberState.OffboardedWithdrawn;
        MemberState[] from = [MemberState.Invited, MemberState.Test, MemberState.Active, MemberState.Suspended];
        var step = Move(state, request.MemberId, to, from);
        if (step.Next is { } next)
        {
            foreach (var key in step.Member!.Keys.Where(key => key.RevokedAt is null))
            {
                key.RevokedAt = now.ToTimestamp();
            }

            next.RemoveInvitation(request.MemberId);
            GroupRules.RemoveEverywhere(next, request.MemberId);
            PersonRules.RevokeAll(next, request.MemberId, now);
        }

        return step;
    }

    private static RegistryStep Move(RegistryState state, string memberId, MemberState to, MemberState[] from)
    {
        if (state.FindMember(memberId) is not { } member)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if (memberId == MemberId.Consortium.Value)
        {
            return RegistryStep.Refused(ErrorReason.LastOperator, "member_id");
        }

        if (member.State == to)
        {
            return RegistryStep.Known(member);
        }

        return from.Contains(member.State)
            ? state.Change(memberId, changed => Set(changed, to))
            : RegistryStep.Refused(ErrorReason.MemberStateWrong, "member_id");
    }

    // Of a member that an earlier version suspended it is not known what it was: active, as that version would have made it.
    private static MemberState Before(RegistryState state, string memberId) =>
        state.FindMember(memberId) is { SuspendedIn: MemberState.Test } ? MemberState.Test : MemberState.Active;

    private static void Set(Member member, MemberState to)
    {
        member.SuspendedIn = to == MemberState.Suspended ? member.State : MemberState.Unspecified;
        member.State = to;
    }

    private static RegistryStep Insert(RegistryState state, AddMemberRequest request, KeyRole role, DateTimeOffset now)
    {
        if (KeyRules.New(state, request.PublicKey, role, now) is not { } key)
        {
            return KeyRules.RefuseKey(state, request.PublicKey);
        }

        var next = state.NextVersion();
        var member = new Member
        {
            MemberId = request.MemberId,
            State = MemberState.Active,
            Keys = { key },
            AddedAt = now.ToTimestamp(),
            Jurisdictions = { Distinct(request.Jurisdictions) },
        };
        next.Insert(member);
        return GroupRules.Join(next, member, Distinct(request.GroupIds)) is { } refusal
            ? RegistryStep.Refused(refusal)
            : RegistryStep.Changed(next, member);
    }

    private static IEnumerable<string> Distinct(IEnumerable<string> values) =>
        values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
