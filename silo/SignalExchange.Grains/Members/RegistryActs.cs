using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The acts of operators on the registry, each with its rule.</summary>
internal static class RegistryActs
{
    /// <summary>Applies an act, as if everybody it needs had agreed.</summary>
    public static RegistryStep Apply(RegistryState state, RegistryAct act, DateTimeOffset now) =>
        act.KindCase switch
        {
            RegistryAct.KindOneofCase.AddMember => MemberRules.Add(state, act.AddMember, now),
            RegistryAct.KindOneofCase.ActivateMember => MemberRules.Activate(state, act.ActivateMember),
            RegistryAct.KindOneofCase.SuspendMember => MemberRules.Suspend(state, act.SuspendMember),
            RegistryAct.KindOneofCase.ReinstateMember => MemberRules.Reinstate(state, act.ReinstateMember),
            RegistryAct.KindOneofCase.OffboardMember => MemberRules.Offboard(state, act.OffboardMember, now),
            RegistryAct.KindOneofCase.AddKey => KeyRules.Add(state, act.AddKey, now),
            RegistryAct.KindOneofCase.RevokeKey => KeyRules.Revoke(state, act.RevokeKey, now),
            RegistryAct.KindOneofCase.SetGroup => GroupRules.Set(state, act.SetGroup),
            RegistryAct.KindOneofCase.ExportLog => ExportRules.Request(state),
            RegistryAct.KindOneofCase.SetQuota => QuotaRules.Set(state, act.SetQuota),
            RegistryAct.KindOneofCase.SetPolicy => PolicyRules.Set(state, act.SetPolicy),
            RegistryAct.KindOneofCase.PlaceHold => HoldRules.Place(state, act.PlaceHold, now),
            RegistryAct.KindOneofCase.LiftHold => HoldRules.Lift(state, act.LiftHold),
            RegistryAct.KindOneofCase.RotateKey => RotationRules.Order(state, act.RotateKey, now),
            RegistryAct.KindOneofCase.InvitePerson => PersonRules.Invite(state, act.InvitePerson, now),
            RegistryAct.KindOneofCase.ResetPerson => PersonRules.Reset(state, act.ResetPerson, now),
            RegistryAct.KindOneofCase.RevokePerson => PersonRules.Revoke(state, act.RevokePerson, now),
            RegistryAct.KindOneofCase.SignOutPerson => PersonRules.SignOut(state, act.SignOutPerson),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act.KindCase, "An act without a kind."),
        };

    /// <summary>Returns what a second operator is asked to approve; unspecified for what one operator may do alone.</summary>
    /// <remarks>
    /// Suspending, revoking a member's key or an account and keeping evidence stop harm, so they never wait. Whoever has a key or an account of a
    /// member is that member: what anybody but its own administrator adds to it waits, also where it has none, since its keys can be revoked first.
    /// </remarks>
    public static ApprovalAct ApprovalFor(RegistryState state, RegistryAct act, string actor) =>
        act.KindCase switch
        {
            RegistryAct.KindOneofCase.AddMember => ApprovalAct.AddMember,
            RegistryAct.KindOneofCase.ActivateMember => ApprovalAct.ActivateMember,
            RegistryAct.KindOneofCase.ReinstateMember => ApprovalAct.ReinstateMember,
            RegistryAct.KindOneofCase.OffboardMember => ApprovalAct.OffboardMember,
            RegistryAct.KindOneofCase.SetGroup => ApprovalAct.SetGroup,
            RegistryAct.KindOneofCase.ExportLog => ApprovalAct.ExportLog,
            RegistryAct.KindOneofCase.SetQuota => ApprovalAct.SetQuota,
            RegistryAct.KindOneofCase.SetPolicy => ApprovalAct.SetPolicy,
            RegistryAct.KindOneofCase.LiftHold => ApprovalAct.LiftHold,
            RegistryAct.KindOneofCase.RotateKey => ApprovalAct.RotateKey,
            RegistryAct.KindOneofCase.AddKey when !IsOwn(state, actor, act.AddKey.MemberId) => ApprovalAct.AddKey,
            RegistryAct.KindOneofCase.RevokeKey when IsConsortium(act.RevokeKey.MemberId) => ApprovalAct.RevokeKey,
            RegistryAct.KindOneofCase.InvitePerson => ApprovalAct.InvitePerson,
            RegistryAct.KindOneofCase.ResetPerson => ApprovalAct.ResetPerson,
            _ => ApprovalAct.Unspecified,
        };

    /// <summary>Returns the member that an act is about; empty where it is about none.</summary>
    public static string MemberOf(RegistryAct act) =>
        act.KindCase switch
        {
            RegistryAct.KindOneofCase.AddMember => act.AddMember.MemberId,
            RegistryAct.KindOneofCase.ActivateMember => act.ActivateMember.MemberId,
            RegistryAct.KindOneofCase.SuspendMember => act.SuspendMember.MemberId,
            RegistryAct.KindOneofCase.ReinstateMember => act.ReinstateMember.MemberId,
            RegistryAct.KindOneofCase.OffboardMember => act.OffboardMember.MemberId,
            RegistryAct.KindOneofCase.AddKey => act.AddKey.MemberId,
            RegistryAct.KindOneofCase.RevokeKey => act.RevokeKey.MemberId,
            RegistryAct.KindOneofCase.SetQuota => act.SetQuota.MemberId,
            RegistryAct.KindOneofCase.InvitePerson => act.InvitePerson.Request.MemberId,
            _ => "",
        };

    /// <summary>Returns the login of the account that an act is about; empty where it is about none.</summary>
    public static string LoginOf(RegistryState state, RegistryAct act) =>
        act.KindCase switch
        {
            RegistryAct.KindOneofCase.InvitePerson => act.InvitePerson.Request.Login,
            RegistryAct.KindOneofCase.ResetPerson => state.FindPerson(act.ResetPerson.AccountId)?.Person.Login ?? "",
            _ => "",
        };

    private static bool IsOwn(RegistryState state, string actor, string memberId) =>
        !IsConsortium(memberId) && Operators.MemberOf(state, actor) == memberId;

    private static bool IsConsortium(string memberId) => memberId == MemberId.Consortium.Value;
}
