using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SignalExchange.Clustering.Tests;

/// <summary>A membership that a test changes, and that can fail to tell.</summary>
internal sealed class TestMembership : IClusterMembershipService
{
    private readonly Channel<Exception?> _updates = Channel.CreateUnbounded<Exception?>();
    private int _version;

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } = Empty(0);

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => Updates();

    /// <summary>Tells that it has changed.</summary>
    public void Change()
    {
        CurrentSnapshot = Empty(++_version);
        _updates.Writer.TryWrite(null);
    }

    /// <summary>Ends the telling of whoever listens.</summary>
    public void Break(Exception failure) => _updates.Writer.TryWrite(failure);

    public ValueTask Refresh(
        MembershipVersion minimumVersion = default,
        CancellationToken cancellationToken = default
    ) => default;

    public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);

    // The present one first, as the runtime's does.
    private async IAsyncEnumerable<ClusterMembershipSnapshot> Updates(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        yield return CurrentSnapshot;
        await foreach (var failure in _updates.Reader.ReadAllAsync(cancellationToken))
        {
            yield return failure is null ? CurrentSnapshot : throw failure;
        }
    }

    private static ClusterMembershipSnapshot Empty(int version) =>
        new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, new(version));
}
