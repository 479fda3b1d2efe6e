namespace SignalExchange.Clustering;

/// <summary>The cluster as this silo knows it at the moment. How lately that was confirmed, <see cref="ClusterStanding"/> says.</summary>
/// <remarks>Safe from any thread; costs nothing while the membership does not change.</remarks>
public sealed class ClusterView(IClusterMembershipService membership, ILocalSiloDetails local)
{
    private volatile ClusterShape? _shape;

    /// <summary>Gets the newest shape that this silo has heard of.</summary>
    public ClusterShape Current
    {
        get
        {
            var snapshot = membership.CurrentSnapshot;
            var shape = _shape;
            if (shape is null || shape.Version != snapshot.Version.Value)
            {
                _shape = shape = MakeShape(snapshot);
            }

            return shape;
        }
    }

    /// <summary>Returns the shapes as they come, the present one first.</summary>
    public async IAsyncEnumerable<ClusterShape> Changes(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var _ in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            yield return Current;
        }
    }

    private ClusterShape MakeShape(ClusterMembershipSnapshot snapshot) =>
        new(
            snapshot.Version.Value,
            local.SiloAddress,
            snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(It),
            snapshot.Members.Values.Where(member => member.Status > SiloStatus.Active).Select(It)
        );

    private static SiloAddress It(ClusterMember member) => member.SiloAddress;
}
