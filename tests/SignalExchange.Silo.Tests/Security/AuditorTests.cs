using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.KeyService;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Tests.Disputes;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>The auditor reads and exports, and changes nothing but what the log says of it.</summary>
public sealed class AuditorTests(RolesFixture roles) : IClassFixture<RolesFixture>
{
    // What is asked for here is not at hand; everything else succeeds.
    private static readonly Dictionary<string, ErrorReason> Refusals = new(StringComparer.Ordinal)
    {
        ["/signalexchange.v1.AuditService/AcknowledgeAlarm"] = ErrorReason.AlarmNotFound,
        ["/signalexchange.v1.KeyCustodyService/ExportRotation"] = ErrorReason.RotationNotFound,
    };

    // A request for every method that an auditor may call.
    private static readonly Dictionary<string, IMessage> Requests = new(StringComparer.Ordinal)
    {
        ["/signalexchange.v1.KeyService/GetKeyManifests"] = new GetKeyManifestsRequest(),
        ["/signalexchange.v1.KeyCustodyService/ListKeyEpochs"] = new ListKeyEpochsRequest(),
        ["/signalexchange.v1.KeyCustodyService/ExportRotation"] = new ExportRotationRequest
        {
            ToKeyId = "email/2/0000000000000002",
        },
        ["/signalexchange.v1.MemberService/ListMembers"] = new ListMembersRequest(),
        ["/signalexchange.v1.MemberService/ListGroups"] = new ListGroupsRequest(),
        ["/signalexchange.v1.ApprovalService/ListApprovals"] = new ListApprovalsRequest(),
        ["/signalexchange.v1.PolicyService/GetPolicy"] = new GetPolicyRequest(),
        ["/signalexchange.v1.AuditService/SearchEntries"] = new SearchEntriesRequest(),
        ["/signalexchange.v1.AuditService/GetEntry"] = new GetEntryRequest(),
        ["/signalexchange.v1.AuditService/GetProof"] = new GetProofRequest(),
        ["/signalexchange.v1.AuditService/GetConsistency"] = new GetConsistencyRequest { FromSize = 1, ToSize = 2 },
        ["/signalexchange.v1.AuditService/GetCheckpoint"] = new GetCheckpointRequest(),
        ["/signalexchange.v1.AuditService/ReportUsage"] = new ReportUsageRequest(),
        ["/signalexchange.v1.AuditService/ReportLookups"] = new ReportLookupsRequest
        {
            Pseudonyms = ByteString.CopyFrom(new byte[SignalId.Size]),
        },
        ["/signalexchange.v1.AuditService/ReviewEntries"] = new ReviewEntriesRequest
        {
            Indexes = { 0 },
            Disposition = ReviewDisposition.Justified,
        },
        ["/signalexchange.v1.AuditService/ListReviews"] = new ListReviewsRequest(),
        ["/signalexchange.v1.AuditService/ListAlarms"] = new ListAlarmsRequest(),
        ["/signalexchange.v1.AuditService/AcknowledgeAlarm"] = new AcknowledgeAlarmRequest
        {
            AlarmId = ByteString.CopyFrom(new byte[SignalId.Size]),
            Disposition = ReviewDisposition.Justified,
        },
        ["/signalexchange.v1.AuditService/RequestExport"] = new RequestExportRequest
        {
            FileFormat = ExportFormat.JsonLines,
        },
        ["/signalexchange.v1.AuditService/ExportEntries"] = new ExportEntriesRequest
        {
            FileFormat = ExportFormat.JsonLines,
        },
        ["/signalexchange.v1.AuditService/VerifyLog"] = new VerifyLogRequest(),
        ["/signalexchange.v1.OperationsService/GetOverview"] = new GetOverviewRequest { Span = OverviewSpan.Hour },
        ["/signalexchange.v1.OperationsService/WatchOverview"] = new WatchOverviewRequest(),
        ["/signalexchange.v1.OperationsService/ListMemberUse"] = new ListMemberUseRequest(),
        ["/signalexchange.v1.OperationsService/ListSettings"] = new ListSettingsRequest(),
        ["/signalexchange.v1.OperationsService/GetSignalCensus"] = new GetSignalCensusRequest(),
        ["/signalexchange.v1.DisputeService/ListDisputes"] = new ListDisputesRequest(),
        ["/signalexchange.v1.PersonService/ListPeople"] = new ListPeopleRequest(),
    };

    private IServiceProvider Services => roles.Exchange.Services;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Methods =>
        [
            .. MethodRoles
                .All.Keys.Where(method => MethodRoles.IsAllowed(method, KeyRole.Auditor))
                .Where(method => method.StartsWith("/signalexchange.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Whatever_an_auditor_calls_the_exchange_stays_as_it_was(string method)
    {
        var reporter = new Reporter(roles.Exchange.InvokerFor(roles[KeyRole.MemberBackend]));
        var element = (await reporter.NewElements(1))[0];
        var said = (await reporter.Submit(Reporter.SubmissionOf(element)))[0].Accepted;
        await EnsureAccountAndDispute(await reporter.TokenOf(element), said.SignalId);
        await ExchangeFixture.Until(
            () => Services.GetRequiredService<IAccessLogProver>().PublishedSize >= 2,
            "two entries are published"
        );
        await Services.GetRequiredService<ISearchFollower>().WaitForAsync(1, Ct);
        var before = await State();

        var call = () => roles.Exchange.InvokerFor(roles[KeyRole.Auditor]).Call(method, Requests[method].ToByteArray());
        if (Refusals.TryGetValue(method, out var reason))
        {
            Assert.Equal(reason, await RpcErrors.ReasonOf(call));
        }
        else
        {
            await call();
        }

        Assert.Equal(before, await State());
    }

    // One of each for all methods: what could be changed has to be there.
    private async Task EnsureAccountAndDispute(Token token, ByteString signalId)
    {
        if ((await AllDisputes()).Length > 0)
        {
            return;
        }

        var invitation = new InvitePersonRequest
        {
            Login = "reads-along",
            MemberId = "consortium",
            Role = KeyRole.Auditor,
        };
        var people = new PersonService.PersonServiceClient(roles.Exchange.InvokerFor(roles.Exchange.Operator));
        await people.InvitePersonAsync(invitation, cancellationToken: Ct);
        var other = new DisputeSide(roles.Exchange.InvokerFor(await roles.Exchange.AddMember("disputes-it")));
        await DisputeFixture.Raise(other, token, signalId);
        Assert.NotEmpty(Services.GetRequiredService<MemberDirectory>().People);
        Assert.NotEmpty(await AllDisputes());
    }

    private Task<Dispute[]> AllDisputes() =>
        Services.GetRequiredService<IGrainFactory>().GetGrain<IDisputeBookGrain>(0).List();

    // Everything that the exchange holds but its access log: members, groups, policy, holds, accounts, keys, disputes, signals.
    private async Task<string> State()
    {
        var directory = Services.GetRequiredService<MemberDirectory>();
        var store = Services.GetRequiredService<IShardStore>();
        var keys = await Services.GetRequiredService<IKeyCustody>().ListAsync(Ct);
        var disputes = await AllDisputes();
        var heads = new List<long>();
        foreach (var shard in store.Shards.All)
        {
            heads.Add(await store.ReadHeadAsync(shard, Ct));
        }

        return string.Join(
            '\n',
            [
                .. directory.Members.Select(it => it.ToString()),
                .. directory.Groups.Select(it => it.ToString()),
                .. directory.Holds.Select(it => it.ToString()),
                directory.Policy.ToString(),
                .. directory.People.Select(it => $"{it} {directory.FindPerson(it.AccountId)?.SessionEpoch}"),
                .. directory.Rotations.Select(it => it.ToString()),
                .. keys.Select(it => it.ToString()),
                .. disputes.Select(it => it.ToString()),
                .. heads.Select(it => $"{it}"),
            ]
        );
    }
}
