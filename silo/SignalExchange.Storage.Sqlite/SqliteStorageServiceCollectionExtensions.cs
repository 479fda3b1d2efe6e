using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SignalExchange.Storage.Sqlite;

/// <summary>Registers the embedded storage.</summary>
public static class SqliteStorageServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="SqliteExchangeStore"/>, also as <see cref="IShardStore"/> and <see cref="IGrainStateStore"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, at least <see cref="SqliteStorageOptions.DataDirectory"/>.</param>
    /// <returns>The same services.</returns>
    /// <remarks>The host opens each <see cref="IOpenableStorage"/> before anything uses the ports.</remarks>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services,
        Action<SqliteStorageOptions> configure
    )
    {
        services
            .AddOptions<SqliteStorageOptions>()
            .Configure(configure)
            .ValidateDataAnnotations()
            .Validate(options => BitOperations.IsPow2(options.ShardCount), "ShardCount: a power of two.")
            .ValidateOnStart();
        services.TryAddSingleton<SqliteExchangeStore>();
        services.TryAddSingleton<IShardStore>(provider => provider.GetRequiredService<SqliteExchangeStore>());
        services.TryAddSingleton<IGrainStateStore>(provider => provider.GetRequiredService<SqliteExchangeStore>());
        services.TryAddSingleton<IStorageHealth>(provider => provider.GetRequiredService<SqliteExchangeStore>());
        services.AddSingleton<IOpenableStorage>(provider => provider.GetRequiredService<SqliteExchangeStore>());
        return services;
    }
}
