using System.Collections.Frozen;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security;

/// <summary>Which role may call which method. A method that is not named here is refused to everybody.</summary>
/// <remarks>The same table stands in silo/README.md; a test compares the two with the services' descriptors.</remarks>
internal static class MethodRoles
{
    private static readonly KeyRole[] Backend = [KeyRole.MemberBackend];
    private static readonly KeyRole[] Operator = [KeyRole.Operator];
    private static readonly KeyRole[] Auditor = [KeyRole.Auditor];
    private static readonly KeyRole[] Custodian = [KeyRole.KeyCustodian];
    private static readonly KeyRole[] Overseers = [KeyRole.Operator, KeyRole.Auditor];
    private static readonly KeyRole[] KeyManagers = [KeyRole.Operator, KeyRole.MemberAdministrator];
    private static readonly KeyRole[] Everybody =
    [
        KeyRole.MemberBackend,
        KeyRole.Operator,
        KeyRole.MemberAdministrator,
        KeyRole.Auditor,
        KeyRole.KeyCustodian,
    ];

    private static readonly FrozenDictionary<string, KeyRole[]> Table = new Dictionary<string, KeyRole[]>(
        StringComparer.Ordinal
    )
    {
        ["/signalexchange.v1.KeyService/GetKeyManifests"] = Everybody,
        ["/signalexchange.v1.KeyService/Evaluate"] = Backend,
        ["/signalexchange.v1.KeyCustodyService/ListKeyEpochs"] =
        [
            KeyRole.Operator,
            KeyRole.Auditor,
            KeyRole.KeyCustodian,
        ],
        ["/signalexchange.v1.KeyCustodyService/AnnounceKey"] = Custodian,
        ["/signalexchange.v1.KeyCustodyService/RotateKey"] = Custodian,
        ["/signalexchange.v1.KeyCustodyService/ExportRotation"] = [KeyRole.Auditor, KeyRole.KeyCustodian],
        ["/signalexchange.v1.SignalService/Submit"] = Backend,
        ["/signalexchange.v1.SignalService/Withdraw"] = Backend,
        ["/signalexchange.v1.SignalService/Check"] = Backend,
        ["/signalexchange.v1.SignalService/Get"] = Backend,
        ["/signalexchange.v1.SignalService/SubmitStream"] = Backend,
        ["/signalexchange.v1.SignalService/CheckStream"] = Backend,
        ["/signalexchange.v1.TemplateService/RegisterTemplates"] = Backend,
        ["/signalexchange.v1.TemplateService/GrowTemplates"] = Backend,
        ["/signalexchange.v1.TemplateService/WithdrawTemplates"] = Backend,
        ["/signalexchange.v1.TemplateService/GetTemplates"] = Backend,
        ["/signalexchange.v1.TemplateService/MatchAds"] = Backend,
        ["/signalexchange.v1.TemplateService/MatchAdsStream"] = Backend,
        ["/signalexchange.v1.MemberService/InviteMember"] = Operator,
        ["/signalexchange.v1.MemberService/ActivateMember"] = Operator,
        ["/signalexchange.v1.MemberService/AddMember"] = Operator,
        ["/signalexchange.v1.MemberService/ListMembers"] = Overseers,
        ["/signalexchange.v1.MemberService/SuspendMember"] = Operator,
        ["/signalexchange.v1.MemberService/ReinstateMember"] = Operator,
        ["/signalexchange.v1.MemberService/OffboardMember"] = Operator,
        ["/signalexchange.v1.MemberService/AddMemberKey"] = KeyManagers,
        ["/signalexchange.v1.MemberService/RevokeMemberKey"] = KeyManagers,
        ["/signalexchange.v1.MemberService/SetGroup"] = Operator,
        ["/signalexchange.v1.MemberService/SetQuota"] = Operator,
        ["/signalexchange.v1.MemberService/ListGroups"] = Overseers,
        ["/signalexchange.v1.MemberService/GetOwnMember"] = [KeyRole.MemberAdministrator],
        ["/signalexchange.v1.MemberService/ListOwnSignals"] = [KeyRole.MemberAdministrator],
        ["/signalexchange.v1.ApprovalService/ListApprovals"] = Overseers,
        ["/signalexchange.v1.ApprovalService/ApproveAct"] = Operator,
        ["/signalexchange.v1.ApprovalService/RefuseAct"] = Operator,
        ["/signalexchange.v1.PolicyService/GetPolicy"] = Overseers,
        ["/signalexchange.v1.PolicyService/SetPolicy"] = Operator,
        ["/signalexchange.v1.PolicyService/PlaceHold"] = Operator,
        ["/signalexchange.v1.PolicyService/LiftHold"] = Operator,
        ["/signalexchange.v1.PersonService/InvitePerson"] = Operator,
        ["/signalexchange.v1.PersonService/ListPeople"] = Overseers,
        ["/signalexchange.v1.PersonService/ResetPerson"] = Operator,
        ["/signalexchange.v1.PersonService/RevokePerson"] = Operator,
        ["/signalexchange.v1.PersonService/SignOutPerson"] = Operator,
        ["/signalexchange.v1.OperationsService/GetOverview"] = Overseers,
        ["/signalexchange.v1.OperationsService/WatchOverview"] = Overseers,
        ["/signalexchange.v1.OperationsService/ListMemberUse"] = Overseers,
        ["/signalexchange.v1.OperationsService/ListSettings"] = Overseers,
        ["/signalexchange.v1.OperationsService/GetSignalCensus"] = Overseers,
        ["/signalexchange.v1.DisputeService/RaiseDispute"] = Backend,
        ["/signalexchange.v1.DisputeService/ListDisputes"] =
        [
            KeyRole.MemberBackend,
            KeyRole.Operator,
            KeyRole.MemberAdministrator,
            KeyRole.Auditor,
        ],
        ["/signalexchange.v1.DisputeService/AnswerDispute"] = [KeyRole.MemberBackend, KeyRole.MemberAdministrator],
        ["/signalexchange.v1.DisputeService/CloseDispute"] =
        [
            KeyRole.MemberBackend,
            KeyRole.Operator,
            KeyRole.MemberAdministrator,
        ],
        ["/signalexchange.v1.AuditService/SearchEntries"] = Auditor,
        ["/signalexchange.v1.AuditService/GetEntry"] = Auditor,
        ["/signalexchange.v1.AuditService/GetProof"] = Everybody,
        ["/signalexchange.v1.AuditService/GetConsistency"] = Everybody,
        ["/signalexchange.v1.AuditService/GetCheckpoint"] = Everybody,
        ["/signalexchange.v1.AuditService/ReportUsage"] = Auditor,
        ["/signalexchange.v1.AuditService/ReportLookups"] = Auditor,
        ["/signalexchange.v1.AuditService/ReviewEntries"] = Auditor,
        ["/signalexchange.v1.AuditService/ListReviews"] = Auditor,
        ["/signalexchange.v1.AuditService/ListAlarms"] = Overseers,
        ["/signalexchange.v1.AuditService/AcknowledgeAlarm"] = Auditor,
        ["/signalexchange.v1.AuditService/RequestExport"] = Auditor,
        ["/signalexchange.v1.AuditService/ExportEntries"] = Auditor,
        ["/signalexchange.v1.AuditService/VerifyLog"] = Overseers,
        ["/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"] = Everybody,
        ["/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"] = Everybody,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets every method that somebody may call, with the roles that may.</summary>
    public static IReadOnlyDictionary<string, KeyRole[]> All => Table;

    /// <summary>Whether the role may call the method.</summary>
    /// <param name="method">The full name, <c>/package.Service/Method</c>.</param>
    /// <param name="role">The key's role.</param>
    public static bool IsAllowed(string method, KeyRole role) =>
        Table.TryGetValue(method, out var roles) && Array.IndexOf(roles, role) >= 0;
}
