using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Keys;
using SignalExchange.Silo.Operations;
using SignalExchange.Storage.Sqlite.AccessLog;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Adds the access log to the host.</summary>
internal static class AccessLogServiceCollectionExtensions
{
    /// <summary>Adds the log, its storage below the data folder, and what records calls.</summary>
    public static IServiceCollection AddCallRecords(
        this IServiceCollection services,
        string dataDirectory,
        IConfiguration configuration
    )
    {
        var folder = Path.Combine(dataDirectory, "log");
        services.AddSqliteAccessLogStorage(storage =>
        {
            storage.Folder = folder;
            configuration.Bind(storage);
        });
        services.AddAccessLog(log =>
        {
            log.Exchange = "signalexchange";
            log.KeyFolder = Path.Combine(folder, "keys");
            configuration.Bind(log);
        });
        services.AddSingleton<ILogSecrets, MasterKeyLogSecrets>();
        services.AddSingleton<CallStatistics>();
        services.AddSingleton<CallRecorder>();
        services.AddSingleton<BatchRecorder>();
        services.AddHostedService<AccessLogService>();
        return services;
    }
}
