using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SignalExchange.Storage.Sqlite;

/// <summary>Adds the embedded engine.</summary>
public static class SqliteStorageServiceCollectionExtensions
{
    /// <summary>Adds one engine under both storage ports. The host opens it before anything reads.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services,
        Action<SqliteStorageOptions> configure
    )
    {
        services.AddOptions<SqliteStorageOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<SqliteExchangeStore>();
        services.TryAddSingleton<IShardStore>(provider => provider.GetRequiredService<SqliteExchangeStore>());
        services.TryAddSingleton<IGrainStateStore>(provider => provider.GetRequiredService<SqliteExchangeStore>());
        return services;
    }
}
