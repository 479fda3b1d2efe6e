using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Postgres.AccessLog;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres;

/// <summary>Registers the storage on PostgreSQL.</summary>
public static class PostgresStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="PostgresExchangeStore"/>, also as <see cref="IShardStore"/> and <see cref="IGrainStateStore"/>, and one
    /// <see cref="PostgresAccessLogStore"/>, also as <see cref="IAccessLogStore"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, at least where the database is.</param>
    /// <returns>The same services.</returns>
    /// <remarks>The host opens each <see cref="IOpenableStorage"/> before anything uses the ports.</remarks>
    public static IServiceCollection AddPostgresStorage(
        this IServiceCollection services,
        Action<PostgresStorageOptions> configure
    )
    {
        services
            .AddOptions<PostgresStorageOptions>()
            .Configure(configure)
            .ValidateDataAnnotations()
            .Validate(options => BitOperations.IsPow2(options.ShardCount), "ShardCount: a power of two.")
            .ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgresStorageOptions>, PostgresStorageOptionsValidator>()
        );
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PostgresExchangeStore>();
        services.TryAddSingleton<IShardStore>(provider => provider.GetRequiredService<PostgresExchangeStore>());
        services.TryAddSingleton<IGrainStateStore>(provider => provider.GetRequiredService<PostgresExchangeStore>());
        services.TryAddSingleton<IStorageHealth>(provider => provider.GetRequiredService<PostgresExchangeStore>());
        services.TryAddSingleton<PostgresAccessLogStore>();
        services.TryAddSingleton<IAccessLogStore>(provider => provider.GetRequiredService<PostgresAccessLogStore>());
        services.AddSingleton<IOpenableStorage>(provider => provider.GetRequiredService<PostgresExchangeStore>());
        services.AddSingleton<IOpenableStorage>(provider => provider.GetRequiredService<PostgresAccessLogStore>());
        services.TryAddSingleton<PostgresConnections>();
        return services;
    }
}
