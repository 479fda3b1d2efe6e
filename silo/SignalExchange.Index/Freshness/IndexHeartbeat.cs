using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Index.Propagation;
using SignalExchange.Storage;

namespace SignalExchange.Index.Freshness;

/// <summary>Asks the shards' writers where they stand, so that checks are answered while the storage cannot be asked.</summary>
internal sealed class IndexHeartbeat(
    IShardStore store,
    LocalIndex index,
    IndexFreshness freshness,
    OwnedShards owned,
    ClusterView view,
    ClusterStanding standing,
    IIndexFeeds feeds,
    IOptions<IndexOptions> options,
    TimeProvider time,
    ILogger<IndexHeartbeat> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!store.IsShared)
        {
            return; // This silo's own word is enough.
        }

        using var timer = new PeriodicTimer(options.Value.HeadInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Beat(stoppingToken);
        }
    }

    /// <summary>One round. Takes no longer than a proof is good for.</summary>
    internal async Task Beat(CancellationToken cancellationToken)
    {
        if (!index.IsComplete)
        {
            return;
        }

        // This silo's own writers: they stand for what they say as long as it is known to be a member.
        Take(owned.Heads(), standing.Confirmed);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(options.Value.FreshnessLimit);
        await Task.WhenAll(view.Current.Others.Select(silo => Ask(silo, limited.Token)));
    }

    private async Task Ask(SiloAddress silo, CancellationToken cancellationToken)
    {
        var asked = Moment.Now(time);
        try
        {
            var heads = await feeds.Of(silo).Heads().WaitAsync(cancellationToken);
            Take(heads.Value, asked);
        }
        // Whatever it was, it proves nothing, and the next round asks again.
        catch (Exception failure)
        {
            logger.NoHeartbeat(silo, failure);
        }
    }

    private void Take(OwnedHead[] heads, Moment asked)
    {
        foreach (var head in heads.Where(head => store.Shards.Contains(new(head.Shard))))
        {
            freshness.Heard(new(new(head.Shard), head.Sequence), asked);
        }
    }
}
