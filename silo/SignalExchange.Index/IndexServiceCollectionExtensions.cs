using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Registers the index.</summary>
public static class IndexServiceCollectionExtensions
{
    /// <summary>Adds the index, its feed, its start and its upkeep. Needs an <see cref="IShardStore"/>.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="configure">Changes the options; null leaves the defaults.</param>
    /// <returns>The same services. Adding twice adds nothing but the second configuration.</returns>
    public static IServiceCollection AddLocalIndex(
        this IServiceCollection services,
        Action<IndexOptions>? configure = null
    )
    {
        var options = services.AddOptions<IndexOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(CreateIndex);
        services.TryAddSingleton(CreateFeed);
        services.TryAddSingleton(CreateMetrics);
        services.TryAddSingleton<IndexCatchUp>();
        services.TryAddSingleton(CreateStartup);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ICommitObserver, IndexFeed>(provider =>
                provider.GetRequiredService<IndexFeed>()
            )
        );
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ILifecycleParticipant<ISiloLifecycle>, IndexStartup>(provider =>
                provider.GetRequiredService<IndexStartup>()
            )
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexRepair>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexSweeper>());
        return services;
    }

    private static LocalIndex CreateIndex(IServiceProvider provider) =>
        new(ShardsOf(provider), provider.GetRequiredService<TimeProvider>());

    private static IndexFeed CreateFeed(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<LocalIndex>(),
            ShardsOf(provider),
            provider.GetRequiredService<ILogger<IndexFeed>>()
        );

    private static IndexMetrics CreateMetrics(IServiceProvider provider) =>
        ActivatorUtilities.CreateInstance<IndexMetrics>(provider, ShardsOf(provider));

    private static IndexStartup CreateStartup(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<LocalIndex>(),
            provider.GetRequiredService<IndexFeed>(),
            provider.GetRequiredService<IndexCatchUp>(),
            ShardsOf(provider),
            provider.GetRequiredService<IOptions<IndexOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IndexStartup>>()
        );

    // Not registered as a service of its own: the storage says how many shards there are, nothing else does.
    private static ShardMap ShardsOf(IServiceProvider provider) => provider.GetRequiredService<IShardStore>().Shards;
}
