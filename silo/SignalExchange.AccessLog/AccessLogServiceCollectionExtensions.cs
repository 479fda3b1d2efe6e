using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Publishing;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog;

/// <summary>Registers the access log.</summary>
public static class AccessLogServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="AccessLogHost"/>, also as <see cref="IAccessLogReader"/>, <see cref="IAccessLogProver"/> and
    /// <see cref="ILogRetention"/>, <see cref="LogWriter"/> (as <see cref="IEntryWriter"/>) and <see cref="IAccessLogHealth"/>.
    /// </summary>
    /// <param name="services">The services; the host adds <see cref="IAccessLogStore"/> and <see cref="ILogSecrets"/>.</param>
    /// <param name="configure">Sets the options, at least <see cref="AccessLogOptions.Exchange"/>.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// The host awaits <see cref="AccessLogHost.StartAsync"/> before it accepts a call. Each <see cref="ICheckpointWitness"/> that is
    /// registered is asked to sign, beside those of the options. What is registered already stays.
    /// </remarks>
    public static IServiceCollection AddAccessLog(this IServiceCollection services, Action<AccessLogOptions> configure)
    {
        services
            .AddOptions<AccessLogOptions>()
            .Configure(configure)
            .ValidateDataAnnotations()
            .Validate<IEnumerable<ICheckpointWitness>>(
                static (options, witnesses) => options.RequiredWitnesses <= witnesses.Count() + options.Witnesses.Count,
                "RequiredWitnesses: not more than there are witnesses."
            )
            .Validate(
                static options => options.Witnesses.All(HttpCheckpointWitness.IsValid),
                "Witnesses: each has an http address and a verifier key for cosignatures, as sigx log keygen prints it."
            )
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LogState>();
        services.TryAddSingleton<IAccessLogHealth>(provider => provider.GetRequiredService<LogState>());
        services.TryAddSingleton(provider => new AccessLogMetrics(provider.GetRequiredService<LogState>()));
        services.TryAddSingleton(NewOpener);
        services.TryAddSingleton(NewWriter);
        services.TryAddSingleton<IEntryWriter>(provider => provider.GetRequiredService<LogWriter>());
        services.TryAddSingleton(NewHost);
        services.TryAddSingleton<IAccessLogReader>(provider => provider.GetRequiredService<AccessLogHost>());
        services.TryAddSingleton<IAccessLogProver>(provider => provider.GetRequiredService<AccessLogHost>());
        services.TryAddSingleton<ILogRetention>(provider => provider.GetRequiredService<AccessLogHost>());
        return services;
    }

    private static LogOpener NewOpener(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<IOptions<AccessLogOptions>>(),
            provider.GetRequiredService<IAccessLogStore>(),
            provider.GetRequiredService<ILogSecrets>(),
            [
                .. provider.GetServices<ICheckpointWitness>(),
                .. provider
                    .GetRequiredService<IOptions<AccessLogOptions>>()
                    .Value.Witnesses.Select(HttpCheckpointWitness.Of),
            ],
            provider.GetRequiredService<LogState>(),
            provider.GetRequiredService<AccessLogMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LogOpener>>()
        );

    private static LogWriter NewWriter(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<IOptions<AccessLogOptions>>(),
            provider.GetRequiredService<LogState>(),
            provider.GetRequiredService<AccessLogMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LogWriter>>()
        );

    private static AccessLogHost NewHost(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<IOptions<AccessLogOptions>>(),
            provider.GetRequiredService<IAccessLogStore>(),
            provider.GetRequiredService<LogOpener>(),
            provider.GetRequiredService<LogWriter>(),
            provider.GetRequiredService<LogState>(),
            provider.GetRequiredService<ILogger<AccessLogHost>>()
        );
}
