using SignalExchange.Grains.Census;

namespace SignalExchange.Silo.Census;

/// <summary>Adds the counting of signals.</summary>
internal static class CensusServiceCollectionExtensions
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddCensus(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CensusOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IndicatorWalk>();
        services.AddHostedService<CensusTaker>();
        return services;
    }
}
