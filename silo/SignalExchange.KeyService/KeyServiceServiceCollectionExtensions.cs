using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.KeyService.Evaluations;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService;

/// <summary>Registers the key service of this process.</summary>
public static class KeyServiceServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IKeyService"/>, <see cref="IKeyCustody"/>, <see cref="IRotationVault"/> and <see cref="IExchangeSecrets"/> with keys in a folder of this machine.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; null leaves them to other sources and the defaults.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// The folder is opened when the host starts, before it serves anybody; a folder that cannot be used stops the start with a
    /// <see cref="KeyStoreException"/>. Without a host it is opened at first use. What is registered already stays.
    /// </remarks>
    public static IServiceCollection AddKeyService(
        this IServiceCollection services,
        Action<KeyServiceOptions>? configure = null
    )
    {
        services
            .AddOptions<KeyServiceOptions>()
            .Configure(configure ?? (static _ => { }))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(OpenStore);
        services.TryAddSingleton<BatchWork>();
        services.TryAddSingleton<IKeyService, LocalKeyService>();
        services.TryAddSingleton<IKeyCustody, LocalKeyCustody>();
        services.TryAddSingleton<IRotationVault>(provider => new RotationVault(
            provider.GetRequiredService<KeyStore>().Master
        ));
        services.TryAddSingleton<IExchangeSecrets, MasterKeySecrets>();
        services.AddHostedService<KeyFollower>();
        services.AddHostedService<KeyEpochWatch>();
        return services;
    }

    private static KeyStore OpenStore(IServiceProvider provider) =>
        new KeyStoreOpener(
            provider.GetRequiredService<IOptions<KeyServiceOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyStore>>()
        ).Open();
}
