using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Census;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

// What a member's administrators see of their own member, and of nobody else's.
internal sealed partial class MemberGrpcService
{
    public override async Task<GetOwnMemberResponse> GetOwnMember(
        GetOwnMemberRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var memberId = context.GetCaller().Caller.Member.Value;
        return new()
        {
            Member = directory.Members.Single(member => member.MemberId == memberId),
            Use = await uses.Of(memberId),
        };
    }

    public override async Task<ListOwnSignalsResponse> ListOwnSignals(
        ListOwnSignalsRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var own = await grains.GetGrain<IOwnSignalsGrain>(context.GetCaller().Caller.Member.Value).Read();
        return new()
        {
            AsOf = own.AsOf,
            Totals = own.Totals,
            Signals = { own.Signals },
        };
    }
}
