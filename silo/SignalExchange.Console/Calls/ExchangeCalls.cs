using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Calls;

/// <summary>The exchange's services, called for the person whose page it is: recorded and judged as everybody's calls are.</summary>
/// <param name="invoker">Given by the host.</param>
/// <param name="logs">The same.</param>
public sealed class ExchangeCalls(CallInvoker invoker, IAccessLogs logs)
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

    /// <summary>Gets disputes on signals.</summary>
    public DisputeService.DisputeServiceClient Disputes { get; } = new(invoker);

    /// <summary>Gets the VOPRF keys.</summary>
    public KeyService.KeyServiceClient Keys { get; } = new(invoker);

    /// <summary>Returns an access log. When no silo that is up writes it, calls fail.</summary>
    /// <param name="log">Its name.</param>
    public AuditService.AuditServiceClient AuditOf(string log) => new(At(log));

    /// <summary>Returns how the silo that writes a log does. When none that is up writes it, calls fail.</summary>
    /// <param name="log">The log's name.</param>
    public OperationsService.OperationsServiceClient OperationsOf(string log) => new(At(log));

    private CallInvoker At(string log) => log == logs.Own ? invoker : logs.InvokerOf(log);
}
