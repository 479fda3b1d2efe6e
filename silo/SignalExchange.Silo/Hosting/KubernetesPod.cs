using k8s;

namespace SignalExchange.Silo.Hosting;

/// <summary>What Kubernetes tells a pod of itself: by its environment, and by the account that it lends it.</summary>
/// <param name="Name">The pod's name; null if the environment has none.</param>
/// <param name="Namespace">Its namespace; null if the environment has none.</param>
/// <param name="Address">Its IP address; null if the environment has none.</param>
/// <param name="HasAccount">Whether there is the token of a service account, and the address of the API that takes it.</param>
internal sealed record KubernetesPod(string? Name, string? Namespace, string? Address, bool HasAccount)
{
    /// <summary>The variables of the environment, which the runtime reads, too, and by which field of the pod each is filled.</summary>
    public static readonly (string Variable, string Field)[] Variables =
    [
        ("POD_NAME", "metadata.name"),
        ("POD_NAMESPACE", "metadata.namespace"),
        ("POD_IP", "status.podIP"),
    ];

    /// <summary>Reads what this process was told.</summary>
    public static KubernetesPod OfThisProcess() =>
        new(Read(0), Read(1), Read(2), KubernetesClientConfiguration.IsInCluster());

    private static string? Read(int variable) => Environment.GetEnvironmentVariable(Variables[variable].Variable);
}
