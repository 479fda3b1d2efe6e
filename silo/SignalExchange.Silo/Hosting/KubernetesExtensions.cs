using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Hosting;

/// <summary>Silos that are pods.</summary>
internal static class KubernetesExtensions
{
    /// <summary>
    /// Calls the silo by its pod's name, and has the runtime compare silos with pods: one whose pod is gone is declared dead without waiting for probes.
    /// </summary>
    /// <remarks>
    /// It reads pods and changes none: the pods' labels are set where they are deployed. Cluster, service and addresses stay those of
    /// <see cref="SiloIdentityOptions"/>, which the certificates between silos name.
    /// </remarks>
    public static ISiloBuilder AddKubernetes(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton(KubernetesPod.OfThisProcess());
        silo.Services.AddSingleton<IValidateOptions<SiloIdentityOptions>, KubernetesPodValidator>();
        return silo.UseKubernetesHosting();
    }
}
