using Grpc.Core;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Members;

/// <summary>What the consortium has decided for the whole exchange: the policy, and the legal holds.</summary>
internal sealed class PolicyGrpcService(RegistryCalls registry, MemberDirectory directory)
    : PolicyService.PolicyServiceBase
{
    public override Task<GetPolicyResponse> GetPolicy(GetPolicyRequest request, ServerCallContext context)
    {
        Require.Form(request);
        return Task.FromResult(new GetPolicyResponse { Policy = directory.Policy, Holds = { directory.Holds } });
    }

    public override async Task<SetPolicyResponse> SetPolicy(SetPolicyRequest request, ServerCallContext context)
    {
        Require.Form(request);
        foreach (var (place, rule) in request.Policy.DeliveryRules.Index())
        {
            if (MessageForms.Check(rule) is { } refusal)
            {
                throw refusal.Within($"policy.delivery_rules[{place}]").ToRpcException();
            }
        }

        var reply = await registry.Act(new() { SetPolicy = request }, context);
        return new() { Policy = directory.Policy, Pending = reply.Approval };
    }

    public override async Task<PlaceHoldResponse> PlaceHold(PlaceHoldRequest request, ServerCallContext context)
    {
        Require.Form(request);
        if (MessageForms.Check(request.Hold) is { } refusal)
        {
            throw refusal.Within("hold").ToRpcException();
        }

        await registry.Act(new() { PlaceHold = request }, context);
        return new();
    }

    public override async Task<LiftHoldResponse> LiftHold(LiftHoldRequest request, ServerCallContext context)
    {
        Require.Form(request);
        var reply = await registry.Act(new() { LiftHold = request }, context);
        return new() { Pending = reply.Approval };
    }
}
