using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Members;

internal sealed partial class MemberGrpcService
{
    public override async Task<AddMemberKeyResponse> AddMemberKey(
        AddMemberKeyRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        RequireOwn(request.MemberId, context);
        var reply = await registry.Act(new() { AddKey = request }, context);
        return new() { Member = Current(reply.Member, request.MemberId), Pending = reply.Approval };
    }

    public override async Task<RevokeMemberKeyResponse> RevokeMemberKey(
        RevokeMemberKeyRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        RequireOwn(request.MemberId, context);
        var reply = await registry.Act(new() { RevokeKey = request }, context);
        return new() { Member = Current(reply.Member, request.MemberId), Pending = reply.Approval };
    }
}
