using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Adds the index.</summary>
public static class IndexServiceCollectionExtensions
{
    /// <summary>Adds the index, its feed and its startup.</summary>
    public static IServiceCollection AddLocalIndex(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => provider.GetRequiredService<IShardStore>().Shards);
        services.TryAddSingleton<LocalIndex>();
        services.AddSingleton<ICommitObserver, IndexFeed>();
        services.TryAddSingleton<IndexStartup>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider =>
            provider.GetRequiredService<IndexStartup>()
        );
        return services;
    }
}
