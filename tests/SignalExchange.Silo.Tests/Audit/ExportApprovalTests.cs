using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Members;

namespace SignalExchange.Silo.Tests.Audit;

/// <summary>With two operators, no entry leaves in numbers before one of them has agreed.</summary>
public sealed class ExportApprovalTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static readonly EntryFilter Filter = new() { MemberId = "consortium" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_was_approved_is_exported_and_only_by_who_asked()
    {
        using var auditor = await AddKey(KeyRole.Auditor);
        using var other = await AddKey(KeyRole.Auditor);
        using var second = await AddKey(KeyRole.Operator);
        var audit = new AuditService.AuditServiceClient(exchange.InvokerFor(auditor));
        Assert.Equal(ErrorReason.ExportNotApproved, await ReasonOf(audit, Export()));

        var asked = await audit.RequestExportAsync(
            new() { Filter = Filter, FileFormat = ExportFormat.Csv },
            cancellationToken: Ct
        );
        Assert.Equal((ApprovalState.Pending, ApprovalAct.ExportLog), (asked.Approval.State, asked.Approval.Act));
        var approved = Export(asked.Approval.ApprovalId);
        Assert.Equal(ErrorReason.ExportNotApproved, await ReasonOf(audit, approved));
        await new ApprovalService.ApprovalServiceClient(exchange.InvokerFor(second)).ApproveActAsync(
            Consents.To(asked.Approval),
            cancellationToken: Ct
        );

        Assert.Null(await ReasonOf(audit, approved));
        var wider = approved.Clone();
        wider.Filter = null;
        Assert.Equal(ErrorReason.ExportNotApproved, await ReasonOf(audit, wider));
        var oneStatus = approved.Clone();
        oneStatus.Filter.StatusCode = 0;
        Assert.Equal(ErrorReason.ExportNotApproved, await ReasonOf(audit, oneStatus));
        var stranger = new AuditService.AuditServiceClient(exchange.InvokerFor(other));
        Assert.Equal(ErrorReason.ExportNotApproved, await ReasonOf(stranger, approved));
    }

    private static ExportEntriesRequest Export(ByteString? approval = null) =>
        new()
        {
            Filter = Filter,
            FileFormat = ExportFormat.Csv,
            ApprovalId = approval ?? ByteString.Empty,
        };

    private static async Task<ErrorReason?> ReasonOf(
        AuditService.AuditServiceClient audit,
        ExportEntriesRequest request
    )
    {
        using var call = audit.ExportEntries(request, cancellationToken: Ct);
        var status = await Record.ExceptionAsync(() => Drain(call.ResponseStream));
        return status is null ? null : await RpcErrors.ReasonOf(() => Task.FromException(status));
    }

    private static async Task Drain(IAsyncStreamReader<ExportEntriesResponse> parts)
    {
        while (await parts.MoveNext(Ct))
        {
            Assert.NotEqual(ExportEntriesResponse.PartOneofCase.None, parts.Current.PartCase);
        }
    }

    private async Task<TestMember> AddKey(KeyRole role)
    {
        var key = new TestMember("consortium");
        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                PublicKey = ByteString.CopyFrom(key.PublicKey),
                Role = role,
            },
            cancellationToken: Ct
        );
        return key;
    }
}
