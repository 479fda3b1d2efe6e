using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.Index;
using SignalExchange.KeyService;
using SignalExchange.Storage.Azure;
using SignalExchange.Storage.Azure.Snapshots;
using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Silo.Hosting;

/// <summary>Where a silo keeps snapshots, and what seals them.</summary>
internal static class SnapshotExtensions
{
    /// <summary>
    /// Adds snapshots of the index: on Azure Storage as blobs of its first account, else in the data folder's <c>index/</c>. Each silo
    /// has its own.
    /// </summary>
    public static IHostApplicationBuilder AddSnapshots(this IHostApplicationBuilder builder, string dataDirectory)
    {
        builder.Services.AddSingleton<ISnapshotStore>(
            StorageEngineExtensions.ReadEngine(builder.Configuration) == StorageEngine.AzureStorage
                ? InBlobs
                : _ => new FileSnapshotStore(Path.Combine(dataDirectory, "index"))
        );
        builder.Services.AddIndexSnapshots(static provider =>
            provider.GetRequiredService<IExchangeSecrets>().Derive("index-snapshots/1"u8)
        );
        return builder;
    }

    // A silo is known by its access log, which it shares with no other and keeps when it moves.
    private static AzureSnapshotStore InBlobs(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<AzureConnections>(),
            provider.GetRequiredService<IOptions<AzureStorageOptions>>(),
            provider.GetRequiredService<IOptions<AccessLogOptions>>().Value.Log
        );
}
