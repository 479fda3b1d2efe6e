using Grpc.Core;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Members;

internal sealed partial class MemberGrpcService
{
    public override async Task<SetGroupResponse> SetGroup(SetGroupRequest request, ServerCallContext context)
    {
        Require.Form(request);
        foreach (var (place, member) in request.Members.Index())
        {
            if (MessageForms.Check(member) is { } refusal)
            {
                throw refusal.Within($"members[{place}]").ToRpcException();
            }
        }

        var reply = await registry.Act(new() { SetGroup = request }, context);
        var now = reply.Group ?? directory.Groups.FirstOrDefault(group => group.GroupId == request.GroupId);
        return new() { Group = now, Pending = reply.Approval };
    }

    public override Task<ListGroupsResponse> ListGroups(ListGroupsRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var (page, next) = PageTokens.Page(
            directory.Groups,
            group => group.GroupId,
            "groups",
            request.PageSize,
            request.PageToken
        );
        return Task.FromResult(new ListGroupsResponse { Groups = { page }, NextPageToken = next });
    }
}
