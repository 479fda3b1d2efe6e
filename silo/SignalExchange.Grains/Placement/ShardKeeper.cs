using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Grains.Shards;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>Sees to it that every shard whose home is this silo has its writer here: after each change of the membership, and now and then.</summary>
/// <remarks>
/// So a shard whose silo died is open again before somebody writes to it, and its heartbeat does not fall silent while nobody
/// does. A writer on the wrong silo is called, too, and goes away when it notices.
/// </remarks>
internal sealed class ShardKeeper(
    IShardStore store,
    ClusterView view,
    IGrainFactory grains,
    IOptions<ShardOptions> options,
    TimeProvider time,
    ILogger<ShardKeeper> logger
) : BackgroundService
{
    private readonly SemaphoreSlim _changed = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!store.IsShared)
        {
            return; // There is no other silo to take a shard from.
        }

        var watching = view.Follow(_ => _changed.Release(), time, logger, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Open(stoppingToken);
            await _changed.WaitAsync(options.Value.KeepInterval, stoppingToken);
        }

        await watching;
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private async Task Open(CancellationToken cancellationToken)
    {
        var shape = view.Current;
        var owners = shape.OwnersOf(store.Shards.Count);
        var started = time.GetTimestamp();
        try
        {
            await Parallel.ForEachAsync(
                store.Shards.All.Where(shard => owners[shard.Number].Equals(shape.Local) && shape.IsLocalActive),
                cancellationToken,
                async (shard, _) => await grains.GetGrain<IShardGrain>(shard.Number).Open()
            );
        }
        // Whatever it was, the next round, or the next write, opens what is not open.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            ShardLog.NotOpened(logger, failure, time.GetElapsedTime(started));
        }
    }
}
