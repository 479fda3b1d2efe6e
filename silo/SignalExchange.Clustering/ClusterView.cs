using Microsoft.Extensions.Logging;

namespace SignalExchange.Clustering;

/// <summary>The cluster as this silo knows it at the moment. How lately that was confirmed, <see cref="ClusterStanding"/> says.</summary>
/// <remarks>Safe from any thread; costs nothing while the membership does not change.</remarks>
public sealed class ClusterView(IClusterMembershipService membership, ILocalSiloDetails local)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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

    /// <summary>Does something for each shape as it comes, the present one first, until it is asked to stop.</summary>
    /// <param name="follow">What to do. What it throws is logged, and a second later it is called again with the shape of then.</param>
    /// <param name="time">Measures that second.</param>
    /// <param name="logger">Who follows.</param>
    /// <param name="stoppingToken">Ends it, without an exception.</param>
    public async Task Follow(
        Action<ClusterShape> follow,
        TimeProvider time,
        ILogger logger,
        CancellationToken stoppingToken
    )
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in membership.MembershipUpdates.WithCancellation(stoppingToken))
                {
                    follow(Current);
                }
            }
            // Whatever it was: who stops following goes on with silos that are gone, and without those that came.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                ClusteringLog.NotFollowed(logger, failure);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
