using Grpc.Core;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.Silo.Forwarding;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.Silo.Browsers;

/// <summary>The access logs that the person of a circuit may ask about.</summary>
internal sealed class CircuitAccessLogs(
    CircuitSession session,
    IOptions<AccessLogOptions> options,
    ClusterAccessLogs? cluster = null
) : IAccessLogs
{
    /// <inheritdoc/>
    public string Own => options.Value.Log;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => cluster?.Names ?? [Own];

    /// <inheritdoc/>
    public CallInvoker InvokerOf(string log) =>
        new ForwardInvoker(
            () => cluster?.Of(log) ?? throw new KeyNotFoundException("This exchange is of one silo."),
            session
        );
}
