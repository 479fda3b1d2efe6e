using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.AccessLog;

namespace SignalExchange.Storage.Azure;

/// <summary>Registers the storage on Azure.</summary>
public static class AzureStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="AzureExchangeStore"/>, also as <see cref="IShardStore"/> and <see cref="IGrainStateStore"/>, and one
    /// <see cref="AzureAccessLogStore"/>, also as <see cref="IAccessLogStore"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, at least <see cref="AzureStorageOptions.Accounts"/>.</param>
    /// <returns>The same services.</returns>
    /// <remarks>The host opens each <see cref="IOpenableStorage"/> before anything uses the ports.</remarks>
    public static IServiceCollection AddAzureStorage(
        this IServiceCollection services,
        Action<AzureStorageOptions> configure
    )
    {
        services.AddOptions<AzureStorageOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<AzureStorageOptions>, AzureStorageOptionsValidator>()
        );
        services.TryAddSingleton<AzureExchangeStore>();
        services.TryAddSingleton<IShardStore>(provider => provider.GetRequiredService<AzureExchangeStore>());
        services.TryAddSingleton<IGrainStateStore>(provider => provider.GetRequiredService<AzureExchangeStore>());
        services.TryAddSingleton<IStorageHealth>(provider => provider.GetRequiredService<AzureExchangeStore>());
        services.TryAddSingleton<AzureAccessLogStore>();
        services.TryAddSingleton<IAccessLogStore>(provider => provider.GetRequiredService<AzureAccessLogStore>());
        services.AddSingleton<IOpenableStorage>(provider => provider.GetRequiredService<AzureExchangeStore>());
        services.AddSingleton<IOpenableStorage>(provider => provider.GetRequiredService<AzureAccessLogStore>());
        services.TryAddSingleton<AzureConnections>();
        return services;
    }
}
