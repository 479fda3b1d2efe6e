using SignalExchange.Storage.Sqlite;
using SignalExchange.Storage.Sqlite.AccessLog;

namespace SignalExchange.Silo.Hosting;

/// <summary>The embedded engine: files in the data folder, and one silo.</summary>
internal static class SqliteEngine
{
    /// <summary>Adds the stores in the data folder, and a cluster of this silo alone.</summary>
    public static IHostApplicationBuilder AddSqliteEngine(this IHostApplicationBuilder builder, ExchangeOptions options)
    {
        builder.Services.AddSqliteStorage(storage =>
        {
            storage.DataDirectory = options.DataDirectory;
            storage.ShardCount = options.ShardCount;
            storage.MaxDatabaseBytes = options.MaxDatabaseBytes;
        });
        var accessLog = builder.Configuration.GetSection($"{ExchangeOptions.Section}:AccessLog");
        builder.Services.AddSqliteAccessLogStorage(storage =>
        {
            storage.Folder = Path.Combine(options.DataDirectory, "log");
            accessLog.Bind(storage);
        });
        return builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(
                options.SiloPort == 0 ? FreePort.Find() : options.SiloPort,
                gatewayPort: 0,
                serviceId: SiloIdentityOptions.DefaultName,
                clusterId: SiloIdentityOptions.DefaultName
            )
        );
    }
}
