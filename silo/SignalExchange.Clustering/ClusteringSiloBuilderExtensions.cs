using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering.Pulses;

namespace SignalExchange.Clustering;

/// <summary>Adds what a silo knows of its cluster.</summary>
public static class ClusteringSiloBuilderExtensions
{
    // Internal to Orleans, so by their names; one that is gone, or has other needs, fails the start.
    private static readonly string[] CollectorTypes =
    [
        "Orleans.Runtime.ActivationCollector",
        "Orleans.Runtime.ActivationWorkingSet",
    ];

    /// <summary>Has grains that nobody calls collected by a clock that nobody sets.</summary>
    /// <remarks>
    /// Orleans (10.4) books each new activation for collection at a time of day, and throws where that has gone by already: a silo whose clock
    /// went back by an hour would activate nothing for an hour (<c>ActivationCollector.MakeTicketFromDateTime</c>).
    /// </remarks>
    /// <param name="silo">The silo.</param>
    /// <returns>The same silo. To be called once.</returns>
    /// <exception cref="InvalidOperationException">This version of Orleans collects by other means.</exception>
    public static ISiloBuilder UseSteadyCollection(this ISiloBuilder silo)
    {
        foreach (var name in CollectorTypes)
        {
            var collector =
                silo.Services.SingleOrDefault(it => it.ServiceType.FullName == name)?.ImplementationType
                ?? throw new InvalidOperationException($"Orleans registers no {name}.");
            silo.Services.Replace(
                ServiceDescriptor.Singleton(
                    collector,
                    services =>
                        ActivatorUtilities.CreateInstance(
                            services,
                            collector,
                            new SteadyTime(services.GetRequiredService<TimeProvider>())
                        )
                )
            );
        }

        return silo;
    }

    /// <summary>Adds the view of the membership: who is active, and who is responsible for what.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>The same silo. Adding twice adds nothing.</returns>
    public static ISiloBuilder AddClusterView(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<ClusterView>();
        return silo;
    }

    /// <summary>Adds the view, and what confirms it several times a second: for a silo that shares its storage with others.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>The same silo. To be called once.</returns>
    public static ISiloBuilder AddClusterStanding(this ISiloBuilder silo)
    {
        silo.AddClusterView();
        silo.Services.AddOptions<StandingOptions>().ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddSingleton<IValidateOptions<StandingOptions>, StandingOptionsValidator>();
        silo.Services.AddSingleton<ClusterStanding>();
        silo.Services.AddSingleton<HeardVersion>();
        silo.Services.AddSingleton<IPulses, PulseClient>();
        silo.Services.AddHostedService<ClusterPulse>();
        return silo.AddGrainService<PulseService>();
    }
}
