using Grpc.Core;
using SignalExchange.Contracts;
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
        var (page, next) = Page(wanted, request.PageSize, request.PageToken);
        if (Fitting(page) is var fitting && fitting < page.Count)
        {
            (page, next) = Page(wanted, (uint)fitting, request.PageToken);
        }

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

    private static (IReadOnlyList<Approval> Page, string Next) Page(List<Approval> wanted, uint size, string token) =>
        PageTokens.Page(wanted, AgeOf, "approvals", size, token);

    // What an act changes is shown whole, and of a large group that is a lot: a page ends before its message grows too large.
    private static int Fitting(IReadOnlyList<Approval> page)
    {
        var bytes = 0;
        var fitting = page.TakeWhile(it => (bytes += it.CalculateSize()) <= Limits.MaxMessageBytes / 2).Count();
        return Math.Max(1, fitting);
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
