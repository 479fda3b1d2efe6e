namespace SignalExchange.Silo.Quotas;

/// <summary>Returns what idle members left of their leases, so that their other silos can use it, and everything when this silo stops.</summary>
internal sealed class QuotaReturns(QuotaGate quotas, TimeProvider clock, ILogger<QuotaReturns> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Return(TimeSpan.Zero, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Return(LongestIdle, stoppingToken);
        }
    }

    /// <summary>Returns the leases of those who were idle for so long. What cannot be returned counts as used.</summary>
    internal async Task Return(TimeSpan idle, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(
                quotas.Members.Where(member => member.Idle >= idle).Select(member => member.Return(cancellationToken))
            );
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            QuotaReturnLog.NotReturned(logger, failure);
        }
    }
}
