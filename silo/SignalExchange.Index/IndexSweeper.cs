using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Removes from the index, now and then, what has ended: for its memory only, since it answers no check any more.</summary>
internal sealed class IndexSweeper(
    LocalIndex index,
    TemplateIndex templates,
    AdTraffic traffic,
    IOptions<IndexOptions> options,
    TimeProvider time,
    ILogger<IndexSweeper> logger
) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Sweep();
        }
    }

    private void Sweep()
    {
        var start = time.GetTimestamp();
        var removed = index.RemoveEnded(IndicatorSummary.HoursDown(time.GetUtcNow() - options.Value.SweepGrace));
        logger.Swept(removed, (long)time.GetElapsedTime(start).TotalMilliseconds);
        SweepTemplates();
    }

    // What the index of tokens has forgotten, nothing is live of: withdrawn, or ended longer ago than the grace.
    private void SweepTemplates()
    {
        var start = time.GetTimestamp();
        var removed = templates.Sweep(token => index.TryFind(token, out _));
        traffic.Forget();
        logger.TemplatesSwept(removed, (long)time.GetElapsedTime(start).TotalMilliseconds);
    }
}
