using SignalExchange.Grains.Members;

namespace SignalExchange.Silo.Members;

/// <summary>Adds this silo's copy of the registry of members.</summary>
internal static class MembersServiceCollectionExtensions
{
    /// <summary>Adds the copy and what keeps it up to date.</summary>
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.AddSingleton<MemberDirectory>();
        services.AddSingleton<IMemberStanding>(provider => provider.GetRequiredService<MemberDirectory>());
        services.AddSingleton<MemberDirectoryRefresher>();
        services.AddSingleton<MemberMetrics>();
        services.AddSingleton<RegistryCalls>();
        services.AddHostedService(provider => provider.GetRequiredService<MemberDirectoryRefresher>());
        return services;
    }
}
