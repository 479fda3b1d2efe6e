using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Members;

/// <summary>The registry's answer to a command.</summary>
/// <param name="Member">The member as it is now; null with an error.</param>
/// <param name="Version">The registry's version that the answer is true at.</param>
/// <param name="Error">Why not; null when it was done.</param>
[GenerateSerializer]
[Alias("signalexchange.registry-reply")]
public sealed record RegistryReply(
    [property: Id(0)] Member? Member,
    [property: Id(1)] long Version,
    [property: Id(2)] ItemError? Error
);
