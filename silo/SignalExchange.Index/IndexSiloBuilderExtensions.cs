using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalExchange.Index.Freshness;
using SignalExchange.Index.Propagation;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Registers the index on a silo.</summary>
public static class IndexSiloBuilderExtensions
{
    /// <inheritdoc cref="IndexServiceCollectionExtensions.AddLocalIndex"/>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes the options; null leaves the defaults.</param>
    /// <returns>The same builder.</returns>
    public static ISiloBuilder AddLocalIndex(this ISiloBuilder builder, Action<IndexOptions>? configure = null)
    {
        builder.Services.AddLocalIndex(configure);
        return builder;
    }

    /// <summary>Adds what silos tell each other of their commits. Needs the index, and the cluster's standing.</summary>
    /// <param name="builder">The silo.</param>
    /// <returns>The same builder. To be called once.</returns>
    public static ISiloBuilder AddIndexPropagation(this ISiloBuilder builder)
    {
        builder.Services.AddSingleton<OwnedShards>();
        builder.Services.AddSingleton<RemoteRows>();
        builder.Services.AddSingleton<IIndexFeeds, IndexFeedClient>();
        builder.Services.AddSingleton<RowPublisher>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RowPublisher>());
        builder.Services.Replace(ServiceDescriptor.Singleton<IShardAnnouncer, ShardAnnouncer>());
        builder.Services.AddHostedService<IndexHeartbeat>();
        return builder.AddGrainService<IndexFeedService>();
    }
}
