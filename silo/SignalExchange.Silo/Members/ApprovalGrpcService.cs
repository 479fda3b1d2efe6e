using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
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
        var wanted = all.Where(it => request.State == ApprovalState.Unspecified || it.State == request.State);

        // Newest first, by a key that grows: time, then id.
        var (page, next) = PageTokens.Page(
            wanted.OrderBy(AgeOf).ToList(),
            AgeOf,
            "approvals",
            request.PageSize,
            request.PageToken
        );
        return new() { Approvals = { page }, NextPageToken = next };
    }

    public override async Task<ApproveActResponse> ApproveAct(ApproveActRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var call = registry.Registry.Approve(request.ApprovalId.ToByteArray(), context.GetCaller().Thumbprint);
        return new() { Approval = (await registry.Await(call, context)).Approval };
    }

    public override async Task<RefuseActResponse> RefuseAct(RefuseActRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var call = registry.Registry.Refuse(request.ApprovalId.ToByteArray(), context.GetCaller().Thumbprint);
        return new() { Approval = (await registry.Await(call, context)).Approval };
    }

    private static string AgeOf(Approval approval)
    {
        var newestFirst = long.MaxValue - approval.RequestedAt.ToDateTimeOffset().UtcTicks;
        return $"{newestFirst:x16}-{Convert.ToHexStringLower(approval.ApprovalId.Span)}";
    }
}
