using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Health;

namespace SignalExchange.Silo.Operations;

/// <summary>Adds what tells people how the exchange does.</summary>
internal static class OperationsServiceCollectionExtensions
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<OpenCircuits>();
        services.AddSingleton<ReadinessCheck>();
        services.AddSingleton<SiloSelf>();
        services.AddSingleton<SettingsInForce>();
        services.AddSingleton<MemberUses>();
        services.AddSingleton<OverviewFeed>();
        services.AddHostedService<SiloReporter>();
        return services;
    }
}
