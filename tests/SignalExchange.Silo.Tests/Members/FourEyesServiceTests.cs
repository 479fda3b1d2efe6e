using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>Two operators, on an exchange of their own: from the second one on, acts need both.</summary>
public sealed class FourEyesServiceTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_operator_asks_for_another_approves_and_an_auditor_only_reads()
    {
        var first = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));
        using var operatorKey = new TestMember("consortium");
        using var auditorKey = new TestMember("consortium");
        using var newcomer = new TestMember("newcomer");
        await first.AddMemberKeyAsync(KeyRequest(auditorKey, KeyRole.Auditor), cancellationToken: Ct);
        await first.AddMemberKeyAsync(KeyRequest(operatorKey, KeyRole.Operator), cancellationToken: Ct);

        var asked = await first.AddMemberAsync(
            new() { MemberId = "newcomer", PublicKey = ByteString.CopyFrom(newcomer.PublicKey) },
            cancellationToken: Ct
        );
        Assert.Null(asked.Member);
        Assert.Equal(ApprovalState.Pending, asked.Pending.State);

        var id = Consents.To(asked.Pending);
        var approvals = Approvals(exchange.Operator);
        Assert.Equal(ErrorReason.ApprovalOwn, (await Refused(() => Approve(approvals, id))).Reason);
        Assert.Equal(ErrorReason.RoleNotAllowed, (await Refused(() => Approve(Approvals(auditorKey), id))).Reason);
        Assert.Equal(ErrorReason.CredentialsInvalid, (await Refused(() => Approve(Approvals(newcomer), id))).Reason);

        var approved = await Approve(Approvals(operatorKey), id);
        Assert.Equal((ApprovalState.Approved, operatorKey.Thumbprint), (approved.State, approved.DecidedBy));

        await new Contracts.V1.KeyService.KeyServiceClient(exchange.InvokerFor(newcomer)).GetKeyManifestsAsync(
            new(),
            cancellationToken: Ct
        );
        var listed = await Approvals(auditorKey)
            .ListApprovalsAsync(new() { State = ApprovalState.Approved }, cancellationToken: Ct);
        Assert.Equal([approved], listed.Approvals);
    }

    private ApprovalService.ApprovalServiceClient Approvals(TestMember member) => new(exchange.InvokerFor(member));

    private static async Task<Approval> Approve(ApprovalService.ApprovalServiceClient client, ApproveActRequest id) =>
        (await client.ApproveActAsync(id, cancellationToken: Ct)).Approval;

    private static AddMemberKeyRequest KeyRequest(TestMember key, KeyRole role) =>
        new()
        {
            MemberId = "consortium",
            PublicKey = ByteString.CopyFrom(key.PublicKey),
            Role = role,
        };

    private Task<(ErrorReason Reason, StatusCode Code)> Refused(Func<Task> call) => exchange.Refusal(call);
}
