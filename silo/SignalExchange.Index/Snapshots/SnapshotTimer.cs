using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SignalExchange.Index.Snapshots;

/// <summary>Writes a snapshot now and then, so that a start after a crash has little of the logs to read.</summary>
internal sealed class SnapshotTimer(IndexSnapshots snapshots, IOptions<IndexOptions> options, TimeProvider time)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SnapshotInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await snapshots.WriteAsync(stoppingToken);
        }
    }
}
