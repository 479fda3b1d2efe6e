using Orleans.Concurrency;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Members;

/// <summary>Who takes part: one grain, key 0. Every silo keeps a copy and waits here for changes.</summary>
[Alias("signalexchange.member-registry")]
public interface IMemberRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Adds the consortium with its first operator key. Refused when there is a consortium already.</summary>
    [Alias("Bootstrap")]
    Task<RegistryReply> Bootstrap(byte[] publicKey);

    /// <summary>Adds a member with its first key.</summary>
    [Alias("Add")]
    Task<RegistryReply> Add(string memberId, string[] groups, byte[] publicKey);

    /// <summary>Suspends or reinstates a member.</summary>
    [Alias("SetState")]
    Task<RegistryReply> SetState(string memberId, MemberState state);

    /// <summary>Adds a key to a member.</summary>
    [Alias("AddKey")]
    Task<RegistryReply> AddKey(string memberId, byte[] publicKey, KeyRole role);

    /// <summary>Revokes a key of a member.</summary>
    [Alias("RevokeKey")]
    Task<RegistryReply> RevokeKey(string memberId, string thumbprint);

    /// <summary>Waits until the registry's version is greater than the one known, at most a second.</summary>
    /// <returns>The registry; null when nothing changed in that time.</returns>
    [AlwaysInterleave]
    [Alias("WaitForChange")]
    Task<RegistrySnapshot?> WaitForChange(long knownVersion, CancellationToken cancellationToken);
}
