using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SignalExchange.Client.Options;

namespace SignalExchange.Client.DependencyInjection;

/// <summary>Adds the SDK to a platform's services.</summary>
public static class SignalExchangeServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="ISignalExchangeClient"/> for the process; its options are checked when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; <c>Endpoint</c> and <c>Credential</c> are required.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSignalExchange(
        this IServiceCollection services,
        Action<SignalExchangeClientOptions> configure
    )
    {
        services
            .AddOptions<SignalExchangeClientOptions>()
            .Configure(configure)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(provider => new SignalExchangeClient(
            provider.GetRequiredService<IOptions<SignalExchangeClientOptions>>().Value
        ));
        services.TryAddSingleton<ISignalExchangeClient>(provider =>
            provider.GetRequiredService<SignalExchangeClient>()
        );
        return services;
    }
}
