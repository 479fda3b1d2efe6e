using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Disputes;

/// <summary>A member in a dispute.</summary>
public sealed class DisputeSide(CallInvoker invoker) : DisputeService.DisputeServiceClient(invoker)
{
    internal Reporter Reports { get; } = new(invoker);

    public AuditService.AuditServiceClient Proofs { get; } = new(invoker);
}
