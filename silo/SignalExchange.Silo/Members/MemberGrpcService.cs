using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Operations;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

/// <summary>Who takes part. One file a subject: a member's life here, keys and groups beside it.</summary>
internal sealed partial class MemberGrpcService(
    RegistryCalls registry,
    MemberDirectory directory,
    MemberUses uses,
    IGrainFactory grains
) : MemberService.MemberServiceBase
{
    public override async Task<InviteMemberResponse> InviteMember(
        InviteMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var code = RandomNumberGenerator.GetBytes(Token.Size);
        var reply = await registry.Await(registry.Registry.Invite(request, code), context);
        return new() { Member = reply.Member, EnrolmentCode = ByteString.CopyFrom(code) };
    }

    [AllowAnonymous]
    public override async Task<EnrolMemberResponse> EnrolMember(EnrolMemberRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var reply = await registry.Await(registry.Registry.Enrol(request), context);
        return new() { Member = reply.Member };
    }

    public override async Task<AddMemberResponse> AddMember(AddMemberRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var reply = await registry.Act(new() { AddMember = request }, context);
        return new() { Member = reply.Member, Pending = reply.Approval };
    }

    public override async Task<ActivateMemberResponse> ActivateMember(
        ActivateMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var reply = await registry.Act(new() { ActivateMember = request }, context);
        return new() { Member = Current(reply.Member, request.MemberId), Pending = reply.Approval };
    }

    public override async Task<SetQuotaResponse> SetQuota(SetQuotaRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var reply = await registry.Act(new() { SetQuota = request }, context);
        return new() { Member = Current(reply.Member, request.MemberId), Pending = reply.Approval };
    }

    public override async Task<SuspendMemberResponse> SuspendMember(
        SuspendMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var reply = await registry.Act(new() { SuspendMember = request }, context);
        return new() { Member = reply.Member };
    }

    public override async Task<ReinstateMemberResponse> ReinstateMember(
        ReinstateMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var reply = await registry.Act(new() { ReinstateMember = request }, context);
        return new() { Member = Current(reply.Member, request.MemberId), Pending = reply.Approval };
    }

    public override async Task<OffboardMemberResponse> OffboardMember(
        OffboardMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var reply = await registry.Act(new() { OffboardMember = request }, context);
        return new() { Member = Current(reply.Member, request.MemberId), Pending = reply.Approval };
    }

    public override Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var (page, next) = PageTokens.Page(
            directory.Members,
            member => member.MemberId,
            "members",
            request.PageSize,
            request.PageToken
        );
        return Task.FromResult(new ListMembersResponse { Members = { page }, NextPageToken = next });
    }

    /// <summary>The member of an act that is done; as it is now, while the act waits.</summary>
    private Member? Current(Member? changed, string memberId) =>
        changed ?? directory.Members.FirstOrDefault(member => member.MemberId == memberId);

    /// <summary>A member's administrator manages that member, and nobody else.</summary>
    private static void RequireOwn(string memberId, ServerCallContext context)
    {
        var caller = context.GetCaller();
        if (caller.Role == KeyRole.MemberAdministrator && caller.Caller.Member.Value != memberId)
        {
            throw new Refusal(ErrorReason.RoleNotAllowed, "member_id").ToRpcException();
        }
    }
}
