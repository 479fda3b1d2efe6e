using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace SignalExchange.Clustering;

/// <summary>The silos of the cluster at one version of its membership. Immutable; safe from any thread.</summary>
public sealed class ClusterShape
{
    private readonly ConcurrentDictionary<int, ImmutableArray<SiloAddress>> _owners = new();

    /// <summary>Creates the shape.</summary>
    /// <param name="version">The membership's version: it grows with every change.</param>
    /// <param name="local">This silo.</param>
    /// <param name="active">The silos that do work, in any order; this one is not among them while it starts or stops.</param>
    /// <param name="gone">The silos that are stopping or dead, as far as they are remembered.</param>
    public ClusterShape(long version, SiloAddress local, IEnumerable<SiloAddress> active, IEnumerable<SiloAddress> gone)
    {
        Version = version;
        Local = local;
        Active = [.. active.Order()];
        Gone = [.. gone];
        Others = Active.Remove(local);
    }

    /// <summary>Gets the membership's version.</summary>
    public long Version { get; }

    /// <summary>Gets this silo.</summary>
    public SiloAddress Local { get; }

    /// <summary>Gets the silos that do work, in order.</summary>
    public ImmutableArray<SiloAddress> Active { get; }

    /// <summary>Gets those of them that are not this one.</summary>
    public ImmutableArray<SiloAddress> Others { get; }

    /// <summary>Gets the silos that are stopping or dead. None of them ever does work again: a restarted one has another address.</summary>
    public ImmutableHashSet<SiloAddress> Gone { get; }

    /// <summary>Gets whether this silo does work.</summary>
    public bool IsLocalActive => Others.Length < Active.Length;

    /// <summary>Returns who is responsible for each of a number of slots.</summary>
    /// <param name="slots">Their number.</param>
    /// <returns>A silo for each; this one for all while nobody is active.</returns>
    public ImmutableArray<SiloAddress> OwnersOf(int slots) => _owners.GetOrAdd(slots, MakeOwners);

    private ImmutableArray<SiloAddress> MakeOwners(int slots) =>
        [
            .. Enumerable
                .Range(0, slots)
                .Select(slot => Active.IsEmpty ? Local : Rendezvous.OwnerOf(slot, Active.AsSpan())),
        ];
}
