using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Calls;

/// <summary>The exchange's services, called for the person whose page it is: recorded and judged as everybody's calls are.</summary>
/// <param name="invoker">Given by the host.</param>
public sealed class ExchangeCalls(CallInvoker invoker)
{
    /// <summary>Gets how the exchange does.</summary>
    public OperationsService.OperationsServiceClient Operations { get; } = new(invoker);

    /// <summary>Gets members, keys and groups.</summary>
    public MemberService.MemberServiceClient Members { get; } = new(invoker);

    /// <summary>Gets what waits for a second operator.</summary>
    public ApprovalService.ApprovalServiceClient Approvals { get; } = new(invoker);

    /// <summary>Gets what the consortium has decided.</summary>
    public PolicyService.PolicyServiceClient Policies { get; } = new(invoker);

    /// <summary>Gets accounts of people.</summary>
    public PersonService.PersonServiceClient People { get; } = new(invoker);

    /// <summary>Gets the access log.</summary>
    public AuditService.AuditServiceClient Audit { get; } = new(invoker);

    /// <summary>Gets disputes on signals.</summary>
    public DisputeService.DisputeServiceClient Disputes { get; } = new(invoker);

    /// <summary>Gets the VOPRF keys.</summary>
    public KeyService.KeyServiceClient Keys { get; } = new(invoker);
}
