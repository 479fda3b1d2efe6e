using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.People;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

/// <summary>Four eyes: what one operator asked for and another decides.</summary>
internal sealed class ApprovalGrpcService(RegistryCalls registry) : ApprovalService.ApprovalServiceBase
{
    public override async Task<ListApprovalsResponse> ListApprovals(
        ListApprovalsRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var all = await registry.Registry.Approvals();

        // Newest first, by a key that grows: time, then id.
        var wanted = all.Where(it => request.State == ApprovalState.Unspecified || it.State == request.State)
            .OrderBy(AgeOf)
            .ToList();
        var (page, next) = PageTokens.Page(wanted, AgeOf, "approvals", request.PageSize, request.PageToken);
        return new() { Approvals = { page }, NextPageToken = next };
    }

    public override async Task<ApproveActResponse> ApproveAct(ApproveActRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var half = SignInCode.New();
        var consent = new Consent(
            request.ApprovalId.ToByteArray(),
            request.ShownDigest.ToByteArray(),
            SignInCode.DigestOf(half),
            context.GetCaller().Thumbprint
        );
        var reply = await registry.Await(registry.Registry.Approve(consent), context);
        return new() { Approval = reply.Approval, Code = HasGivenCode(reply) ? half : "" };
    }

    public override async Task<RefuseActResponse> RefuseAct(RefuseActRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var call = registry.Registry.Refuse(request.ApprovalId.ToByteArray(), context.GetCaller().Thumbprint);
        return new() { Approval = (await registry.Await(call, context)).Approval };
    }

    // Repeated, an approval changes nothing: the half that it gave is not kept, so it can't be answered again.
    private static bool HasGivenCode(RegistryReply reply) =>
        reply is { Changes: not null, Approval.Act: ApprovalAct.InvitePerson or ApprovalAct.ResetPerson };

    private static string AgeOf(Approval approval)
    {
        var newestFirst = long.MaxValue - approval.RequestedAt.ToDateTimeOffset().UtcTicks;
        return $"{newestFirst:x16}-{Convert.ToHexStringLower(approval.ApprovalId.Span)}";
    }
}
