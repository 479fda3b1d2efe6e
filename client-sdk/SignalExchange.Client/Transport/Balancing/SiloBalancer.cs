using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>gRPC's round robin over connections, with <see cref="SiloPicker"/> in place of its picker.</summary>
internal sealed class SiloBalancer(IChannelControlHelper controller, ILoggerFactory loggers, SiloRest rest)
    : SubchannelsLoadBalancer(controller, loggers)
{
    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) =>
        new SiloPicker(readySubchannels, rest);
}
