using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Silo.Quotas;

/// <summary>Adds quotas.</summary>
internal static class QuotaServiceCollectionExtensions
{
    /// <summary>Adds the gate and the return of what is unused. The grains' part comes with the grains.</summary>
    public static IServiceCollection AddQuotas(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QuotaOptions>().Bind(configuration); // validated where the grains are added
        services
            .AddOptions<BurstOptions>()
            .Bind(configuration.GetSection("Burst"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<QuotaGate>();
        services.AddHostedService<QuotaReturns>();
        return services;
    }
}
