using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Client.Options;

namespace SignalExchange.Client.DependencyInjection;

/// <summary>Adds the SDK to a platform's services.</summary>
/// <remarks>For the thread that sets the services up.</remarks>
public static class SignalExchangeServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="ISignalExchangeClient"/> for the process; its options are checked when the host starts.</summary>
    /// <param name="services">The services. What is registered already, a fake for example, stays.</param>
    /// <param name="configure">Sets the options; <c>Endpoint</c> and <c>Credential</c> are required.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// Options that are wrong end the host's start with an <see cref="OptionsValidationException"/> that lists all of them. Without
    /// <c>Loggers</c> the client logs where the container's other services do.
    /// </remarks>
    public static IServiceCollection AddSignalExchange(
        this IServiceCollection services,
        Action<SignalExchangeClientOptions> configure
    )
    {
        services
            .AddOptions<SignalExchangeClientOptions>()
            .Configure(configure)
            .PostConfigure<IServiceProvider>(
                static (options, provider) => options.Loggers ??= provider.GetService<ILoggerFactory>()
            )
            .ValidateOnStart();
        // Validates the data annotations, and says with each problem what the value is.
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<
                IValidateOptions<SignalExchangeClientOptions>,
                SignalExchangeClientOptionsValidator
            >()
        );
        services.TryAddSingleton(static provider => new SignalExchangeClient(
            provider.GetRequiredService<IOptions<SignalExchangeClientOptions>>().Value
        ));
        services.TryAddSingleton<ISignalExchangeClient>(static provider =>
            provider.GetRequiredService<SignalExchangeClient>()
        );
        return services;
    }
}
