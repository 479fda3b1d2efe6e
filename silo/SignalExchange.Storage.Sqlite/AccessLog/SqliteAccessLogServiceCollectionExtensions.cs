using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Registers the embedded storage of access logs.</summary>
public static class SqliteAccessLogServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="SqliteAccessLogStore"/>, also as <see cref="IAccessLogStore"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null leaves them to other sources and the defaults.</param>
    /// <returns>The same services.</returns>
    /// <remarks>The host opens each <see cref="IOpenableStorage"/> before anything uses the port.</remarks>
    public static IServiceCollection AddSqliteAccessLogStorage(
        this IServiceCollection services,
        Action<SqliteAccessLogOptions>? configure = null
    )
    {
        services
            .AddOptions<SqliteAccessLogOptions>()
            .Configure(configure ?? (static _ => { }))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<SqliteAccessLogStore>();
        services.TryAddSingleton<IAccessLogStore>(provider => provider.GetRequiredService<SqliteAccessLogStore>());
        services.AddSingleton<IOpenableStorage>(provider => provider.GetRequiredService<SqliteAccessLogStore>());
        return services;
    }
}
