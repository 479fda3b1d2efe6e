using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Index.Freshness;
using SignalExchange.Index.Snapshots;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;
using SignalExchange.Storage.Snapshots;

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
        services.TryAddSingleton(provider => provider.GetRequiredService<IShardStore>().Shards);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IRowConsumer, LocalIndex>(provider => provider.GetRequiredService<LocalIndex>())
        );
        services.TryAddSingleton<IndexFreshness>();
        services.TryAddSingleton<ShardProgress>();
        services.Replace(
            ServiceDescriptor.Singleton<IShardProgress>(provider => provider.GetRequiredService<ShardProgress>())
        );
        services.AddOptions<TemplateOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(CreateTemplates);
        services.TryAddSingleton(CreateIndex);
        services.TryAddSingleton<AdTraffic>();
        services.TryAddSingleton<AdMatcher>();
        services.TryAddSingleton<RegistrationGate>();
        services.TryAddSingleton<TemplateMetrics>();
        services.TryAddSingleton<RepairQueue>();
        services.TryAddSingleton<IndexCatchUp>();
        services.TryAddSingleton<IndexMetrics>();
        services.TryAddSingleton(CreateStartup);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICommitObserver, IndexFeed>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ILifecycleParticipant<ISiloLifecycle>, IndexStartup>(provider =>
                provider.GetRequiredService<IndexStartup>()
            )
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexRepair>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexHeadWatch>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexSweeper>());
        services.AddSingleton<IValidateOptions<IndexOptions>, IndexOptionsValidator>();
        return services;
    }

    /// <summary>Adds snapshots of the index. Needs an <see cref="ISnapshotStore"/>.</summary>
    /// <param name="services">The silo's services, with an index.</param>
    /// <param name="key">Returns the 32 secret bytes that they are sealed with; the same after a restart, or they are of no use.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddIndexSnapshots(
        this IServiceCollection services,
        Func<IServiceProvider, byte[]> key
    )
    {
        services.TryAddSingleton(provider => new SnapshotKey(key(provider)));
        services.TryAddSingleton<SnapshotLoader>();
        services.TryAddSingleton<SnapshotSaver>();
        services.TryAddSingleton<IndexSnapshots>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SnapshotTimer>());
        return services;
    }

    private static TemplateIndex CreateTemplates(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<TemplateOptions>>().Value;
        return new(options.MaxTemplatesPerBand, options.MaxTemplatesPerBandOfMember);
    }

    // Without grains there is nobody who could write of templates.
    private static LocalIndex CreateIndex(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<ShardMap>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ITemplateChangeReader>() is { } reader
                ? new TemplateFeed(reader, provider.GetRequiredService<TemplateIndex>())
                : null
        );

    private static IndexStartup CreateStartup(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<LocalIndex>(),
            provider.GetRequiredService<TemplateIndex>(),
            provider.GetRequiredService<IndexCatchUp>(),
            provider.GetRequiredService<ShardMap>(),
            provider.GetRequiredService<IOptions<IndexOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IndexStartup>>(),
            provider.GetService<IndexSnapshots>()
        );
}
