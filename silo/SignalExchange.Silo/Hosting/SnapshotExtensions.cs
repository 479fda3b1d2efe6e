using SignalExchange.Index;
using SignalExchange.KeyService;
using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Silo.Hosting;

/// <summary>Where a silo keeps snapshots, and what seals them.</summary>
internal static class SnapshotExtensions
{
    /// <summary>Adds snapshots of the index, in the data folder's <c>index/</c>, whatever the engine: each silo has its own.</summary>
    public static IServiceCollection AddSnapshots(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton<ISnapshotStore>(new FileSnapshotStore(Path.Combine(dataDirectory, "index")));
        return services.AddIndexSnapshots(static provider =>
            provider.GetRequiredService<IExchangeSecrets>().Derive("index-snapshots/1"u8)
        );
    }
}
