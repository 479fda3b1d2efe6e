using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Keys;
using SignalExchange.Silo.Operations;

namespace SignalExchange.Silo.AccessLog;

/// <summary>Adds the access log to the host.</summary>
internal static class AccessLogServiceCollectionExtensions
{
    /// <summary>Adds the log, its keys below the data folder, and what records calls.</summary>
    public static IServiceCollection AddCallRecords(
        this IServiceCollection services,
        string dataDirectory,
        IConfiguration configuration
    )
    {
        services.AddAccessLog(log =>
        {
            log.Exchange = "signalexchange";
            log.KeyFolder = Path.Combine(dataDirectory, "log", "keys");
            configuration.Bind(log);
        });
        services.AddSingleton<ILogSecrets, MasterKeyLogSecrets>();
        services.AddSingleton<CallStatistics>();
        services.AddSingleton<CallRecorder>();
        services.AddSingleton<BatchRecorder>();
        services.AddSingleton<UnauthenticatedRefusals>();
        services.AddSingleton<OwnEntries>();
        services.AddHostedService<AccessLogService>();
        services.AddHostedService(it => it.GetRequiredService<UnauthenticatedRefusals>());
        return services;
    }
}
