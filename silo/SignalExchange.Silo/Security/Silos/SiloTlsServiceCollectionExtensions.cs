using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Security.Silos;

/// <summary>Adds TLS between silos.</summary>
internal static class SiloTlsServiceCollectionExtensions
{
    /// <summary>Adds it to every connection of the cluster, the gateway's too, if files for it are set.</summary>
    public static IServiceCollection AddSiloTls(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<SiloTlsOptions>, SiloTlsOptionsValidator>();
        services.AddOptions<SiloTlsOptions>().BindConfiguration(SiloIdentityOptions.Section + ":Tls").ValidateOnStart();
        services.AddSingleton<SiloName>();
        services.AddSingleton<SiloCertificates>();
        services.AddSingleton<SiloTls>();
        services
            .AddOptions<SiloConnectionOptions>()
            .Configure<IOptions<SiloTlsOptions>, SiloTls>(
                static (connections, options, tls) =>
                {
                    if (options.Value.IsSet)
                    {
                        connections.Secure(tls);
                    }
                }
            );
        return services;
    }

    private static void Secure(this SiloConnectionOptions connections, SiloTls tls)
    {
        connections.ConfigureSiloInboundConnection(connection => connection.UseServerTls(tls.Options));
        connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(tls.Options));
        connections.ConfigureGatewayInboundConnection(connection => connection.UseServerTls(tls.Options));
    }
}
