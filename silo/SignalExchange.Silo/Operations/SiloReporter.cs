using SignalExchange.Grains.Operations;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Operations;

/// <summary>Says every two seconds how this silo does and what it did.</summary>
internal sealed class SiloReporter(
    CallStatistics statistics,
    SiloSelf self,
    IGrainFactory grains,
    TimeProvider clock,
    ILogger<SiloReporter> logger
) : BackgroundService
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Report();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                OperationsLog.NotReported(logger, failure);
            }
        }
    }

    private Task Report()
    {
        var (done, members) = statistics.Take();
        var report = new SiloReport
        {
            Status = self.Status(),
            Done = done,
            Members = { members },
        };
        return grains.GetGrain<IOperationsGrain>(0).Report(report);
    }
}
