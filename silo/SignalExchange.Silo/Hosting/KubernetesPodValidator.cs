using System.Net;
using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Hosting;

/// <summary>Refuses the start of a silo that is to be a pod and was not told which, or is found elsewhere than the pod.</summary>
internal sealed class KubernetesPodValidator(KubernetesPod pod) : IValidateOptions<SiloIdentityOptions>
{
    private const string Setting = SiloIdentityOptions.Section + ":" + nameof(SiloIdentityOptions.Kubernetes);

    public ValidateOptionsResult Validate(string? name, SiloIdentityOptions options) =>
        WhatIsWrong(options).ToList() is { Count: > 0 } wrong
            ? ValidateOptionsResult.Fail(wrong)
            : ValidateOptionsResult.Success;

    private IEnumerable<string> WhatIsWrong(SiloIdentityOptions options)
    {
        string?[] values = [pod.Name, pod.Namespace, pod.Address];
        foreach (var ((variable, field), value) in KubernetesPod.Variables.Zip(values))
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"{Setting} is true, and the environment has no {variable}; a pod is given it by the field {field}. "
                    + "Outside Kubernetes the setting is false.";
            }
        }

        if (!pod.HasAccount)
        {
            yield return $"{Setting} is true, and there is no token of a service account in /var/run/secrets/kubernetes.io/serviceaccount; "
                + "it must allow to get, list and watch pods.";
        }

        // A loopback address would be the same one in every pod, and each would take the others for what it was before a restart.
        if (
            !string.IsNullOrWhiteSpace(pod.Address)
            && IPAddress.TryParse(options.Address, out var address)
            && !(IPAddress.TryParse(pod.Address, out var ip) && ip.Equals(address))
        )
        {
            yield return $"{SiloIdentityOptions.Section}:{nameof(options.Address)} is '{options.Address}'; in a pod it is the pod's own, '{pod.Address}'.";
        }
    }
}
