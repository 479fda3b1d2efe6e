using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Reads from the log what the feed did not bring, one shard after the other.</summary>
internal sealed class IndexRepair(
    LocalIndex index,
    RepairQueue repairs,
    IndexCatchUp catchUp,
    IndexMetrics metrics,
    IOptions<IndexOptions> options,
    TimeProvider time,
    ILogger<IndexRepair> logger
) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var shard in repairs.TakeAllAsync(stoppingToken))
        {
            if (!await TryRepairAsync(shard, stoppingToken))
            {
                await Task.Delay(options.Value.RepairRetryDelay, time, stoppingToken);
                repairs.Add(shard);
            }
        }
    }

    private async Task<bool> TryRepairAsync(Shard shard, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var changes = await catchUp.ReadAsync(shard, cancellationToken);
            if (index.HasAllHeard(shard))
            {
                metrics.Repaired();
                logger.Repaired(shard, changes);
                return true;
            }
        }
        // Whatever it was, the shard stays "not current" and the next try may succeed; giving up could not.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = exception;
        }

        metrics.RepairFailed();
        logger.RepairFailed(shard, options.Value.RepairRetryDelay.TotalMilliseconds, failure);
        return false;
    }
}
