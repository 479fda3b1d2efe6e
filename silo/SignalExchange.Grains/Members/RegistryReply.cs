using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Members;

/// <summary>The registry's answer to a command.</summary>
/// <param name="Version">The registry's version that the answer is true at.</param>
/// <param name="Error">Why not; null when it was done or waits for approval.</param>
/// <param name="Member">The member concerned, as it is now; null where none is.</param>
/// <param name="Group">The group concerned, as it is now; null where none is.</param>
/// <param name="Approval">The approval concerned, as it is now; null where none is.</param>
/// <param name="Changes">What was changed; null when nothing was.</param>
/// <param name="Person">The account concerned, as it is now; null where none is.</param>
[GenerateSerializer]
[Alias("signalexchange.registry-reply")]
public sealed record RegistryReply(
    [property: Id(0)] long Version,
    [property: Id(1)] ItemError? Error,
    [property: Id(2)] Member? Member = null,
    [property: Id(3)] Group? Group = null,
    [property: Id(4)] Approval? Approval = null,
    [property: Id(5)] LogChange[]? Changes = null,
    [property: Id(6)] Person? Person = null
);
