using Grpc.Net.Client.Balancer;
using SignalExchange.Client.Options;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>What a channel over several silos asks for: where they are, and who chooses among them.</summary>
internal sealed class SiloServices(SignalExchangeClientOptions options, SiloRest rest) : IServiceProvider
{
    /// <summary>The address of a channel whose silos are listed.</summary>
    public static readonly Uri Listed = new("static:///signalexchange");

    // A name is asked again when a connection breaks, too; this is for silos that are added.
    private static readonly TimeSpan NameRefresh = TimeSpan.FromSeconds(30);

    private readonly LoadBalancerFactory[] _balancers = [new SiloBalancerFactory(rest)];
    private readonly ResolverFactory[] _resolvers =
    [
        new StaticResolverFactory(_ => options.Endpoints.Select(it => new BalancerAddress(it.DnsSafeHost, it.Port))),
        new DnsResolverFactory(NameRefresh),
    ];

    public object? GetService(Type serviceType) =>
        serviceType == typeof(IEnumerable<LoadBalancerFactory>) ? _balancers
        : serviceType == typeof(IEnumerable<ResolverFactory>) ? _resolvers
        : null;
}
