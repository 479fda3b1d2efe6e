using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>Every member and group at one version of the registry.</summary>
/// <param name="Version">The version.</param>
/// <param name="Members">The members, ordered by id.</param>
/// <param name="Groups">The sharing groups, ordered by id.</param>
/// <param name="Policy">What the consortium has decided.</param>
/// <param name="Holds">The legal holds in force, ordered by id.</param>
/// <param name="Rotations">The newest key rotations that were approved, oldest first.</param>
/// <param name="People">The accounts of people, ordered by login.</param>
[GenerateSerializer]
[Alias("signalexchange.registry-snapshot")]
public sealed record RegistrySnapshot(
    [property: Id(0)] long Version,
    [property: Id(1)] Member[] Members,
    [property: Id(2)] Group[] Groups,
    [property: Id(3)] Policy Policy,
    [property: Id(4)] Hold[] Holds,
    [property: Id(5)] KeyRotationOrder[] Rotations,
    [property: Id(6)] PersonRecord[] People
);
