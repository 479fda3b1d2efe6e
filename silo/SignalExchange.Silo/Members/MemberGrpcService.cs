using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

/// <summary>Who takes part: the operators' service. A change has taken effect on this silo when it is answered.</summary>
internal sealed class MemberGrpcService(
    IGrainFactory grains,
    MemberDirectory directory,
    MemberDirectoryRefresher refresher,
    ILogger<MemberGrpcService> logger
) : MemberService.MemberServiceBase
{
    public override async Task<AddMemberResponse> AddMember(AddMemberRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var reply = Registry.Add(request.MemberId, [.. request.GroupIds], request.PublicKey.ToByteArray());
        return new() { Member = await Apply(reply, context) };
    }

    public override async Task<SuspendMemberResponse> SuspendMember(
        SuspendMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Member = await Apply(Registry.SetState(request.MemberId, MemberState.Suspended), context) };
    }

    public override async Task<ReinstateMemberResponse> ReinstateMember(
        ReinstateMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Member = await Apply(Registry.SetState(request.MemberId, MemberState.Active), context) };
    }

    public override async Task<AddMemberKeyResponse> AddMemberKey(
        AddMemberKeyRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var reply = Registry.AddKey(request.MemberId, request.PublicKey.ToByteArray(), request.Role);
        return new() { Member = await Apply(reply, context) };
    }

    public override async Task<RevokeMemberKeyResponse> RevokeMemberKey(
        RevokeMemberKeyRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Member = await Apply(Registry.RevokeKey(request.MemberId, request.Thumbprint), context) };
    }

    public override Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
    {
        Require.Form(request);
        if (request.PageSize > Limits.MaxPageSize)
        {
            throw new Refusal(ErrorReason.TooMany, "page_size", Limits.MaxPageSize, request.PageSize).ToRpcException();
        }

        if (!PageTokens.TryRead(request.PageToken, out var after))
        {
            throw new Refusal(ErrorReason.PageTokenInvalid, "page_token").ToRpcException();
        }

        var size = request.PageSize == 0 ? Limits.DefaultPageSize : (int)request.PageSize;
        var rest = directory.Members.Where(member => string.CompareOrdinal(member.MemberId, after) > 0).ToList();
        var page = rest.Take(size).ToList();
        return Task.FromResult(
            new ListMembersResponse
            {
                Members = { page },
                NextPageToken = rest.Count > page.Count ? PageTokens.After(page[^1].MemberId) : "",
            }
        );
    }

    private IMemberRegistryGrain Registry => grains.GetGrain<IMemberRegistryGrain>(0);

    private async Task<Member> Apply(Task<RegistryReply> call, ServerCallContext context)
    {
        var reply = await call;
        if (reply.Error is { } error)
        {
            throw Refusal.From(error).ToRpcException();
        }

        await refresher.Refresh(reply.Version, context.CancellationToken);
        MemberLog.Changed(
            logger,
            context.GetCaller().Thumbprint,
            reply.Member!.MemberId,
            context.Method,
            reply.Version
        );
        return reply.Member;
    }
}
