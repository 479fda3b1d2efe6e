using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Silo.Security.Silos;

namespace SignalExchange.Silo.Hosting;

/// <summary>Tells the runtime which cluster this silo belongs to.</summary>
internal static class SiloIdentityExtensions
{
    /// <summary>Adds which cluster this silo belongs to and where it is found, for every engine that silos share.</summary>
    public static IServiceCollection AddSiloIdentity(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<SiloIdentityOptions>, SiloIdentityOptionsValidator>();
        services
            .AddOptions<SiloIdentityOptions>()
            .BindConfiguration(SiloIdentityOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        // After all others: the runtime's part for Kubernetes would let the environment name another cluster than certificates do.
        services
            .AddOptions<ClusterOptions>()
            .PostConfigure<IOptions<SiloIdentityOptions>>(
                static (cluster, identity) =>
                    (cluster.ClusterId, cluster.ServiceId) = (identity.Value.ClusterId, identity.Value.ServiceId)
            );
        services
            .AddOptions<EndpointOptions>()
            .Configure<IOptions<SiloIdentityOptions>, IOptions<ExchangeOptions>>(
                static (endpoint, identity, exchange) =>
                {
                    endpoint.AdvertisedIPAddress = IPAddress.Parse(identity.Value.Address);
                    endpoint.SiloPort = exchange.Value.SiloPort;
                    endpoint.GatewayPort = identity.Value.GatewayPort;
                    endpoint.SiloListeningEndpoint = identity.Value.ListensAt(endpoint.SiloPort);
                    endpoint.GatewayListeningEndpoint = new(endpoint.AdvertisedIPAddress, endpoint.GatewayPort);
                }
            );
        return services.AddSiloTls();
    }
}
