using System.Collections.Frozen;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Which methods change what others see or may do, and which of them are acts of administration.</summary>
/// <remarks>A test goes through the contract: what is in neither table only reads, or its entry in the log is all that it changes.</remarks>
internal static class ChangingMethods
{
    private const string Prefix = "/signalexchange.v1.";

    private static readonly FrozenSet<string> Acts = Named(
        "MemberService/InviteMember",
        "MemberService/EnrolMember",
        "MemberService/ActivateMember",
        "MemberService/AddMember",
        "MemberService/SuspendMember",
        "MemberService/ReinstateMember",
        "MemberService/OffboardMember",
        "MemberService/AddMemberKey",
        "MemberService/RevokeMemberKey",
        "MemberService/SetGroup",
        "MemberService/SetQuota",
        "ApprovalService/ApproveAct",
        "ApprovalService/RefuseAct",
        "PolicyService/SetPolicy",
        "PolicyService/PlaceHold",
        "PolicyService/LiftHold",
        "PersonService/InvitePerson",
        "PersonService/ResetPerson",
        "PersonService/RevokePerson",
        "PersonService/SignOutPerson",
        "KeyCustodyService/AnnounceKey",
        "KeyCustodyService/RotateKey",
        "DisputeService/AnswerDispute",
        "DisputeService/CloseDispute",
        "AuditService/RequestExport"
    );

    private static readonly FrozenSet<string> Statements = Named(
        "SignalService/Submit",
        "SignalService/SubmitStream",
        "SignalService/Withdraw",
        "TemplateService/RegisterTemplates",
        "TemplateService/GrowTemplates",
        "TemplateService/WithdrawTemplates",
        "DisputeService/RaiseDispute"
    );

    /// <summary>Whether a method is an act of administration, which is recorded before it is done, too.</summary>
    public static bool IsAct(string method) => Acts.Contains(method);

    /// <summary>Whether a method changes anything: an act, or what members say. While the log cannot be written none of them is begun.</summary>
    public static bool Contains(string method) => IsAct(method) || Statements.Contains(method);

    private static FrozenSet<string> Named(params string[] names) =>
        names.Select(name => Prefix + name).ToFrozenSet(StringComparer.Ordinal);
}
