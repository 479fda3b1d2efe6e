using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering.Pulses;

namespace SignalExchange.Clustering;

/// <summary>Adds what a silo knows of its cluster.</summary>
public static class ClusteringSiloBuilderExtensions
{
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
