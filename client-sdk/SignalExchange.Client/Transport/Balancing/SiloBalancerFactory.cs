using Grpc.Net.Client.Balancer;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>Makes the channel's balancer.</summary>
internal sealed class SiloBalancerFactory(SiloRest rest) : LoadBalancerFactory
{
    /// <summary>What the channel's configuration calls it.</summary>
    public const string PolicyName = "signalexchange_round_robin";

    public override string Name => PolicyName;

    public override LoadBalancer Create(LoadBalancerOptions options) =>
        new SiloBalancer(options.Controller, options.LoggerFactory, rest);
}
