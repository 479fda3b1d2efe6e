using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>Has every rotation that was approved worked on until it is finished, each by itself.</summary>
internal sealed class RotationWatch(
    MemberDirectory directory,
    RotationWorker worker,
    TimeProvider clock,
    ILogger<RotationWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var order in directory.Rotations.Where(order => !_running.ContainsKey(order.ToKeyId)))
                {
                    _running[order.ToKeyId] = Follow(order, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task Follow(Grains.StoredV1.KeyRotationOrder order, CancellationToken stoppingToken)
    {
        for (TimeSpan? pause = TimeSpan.Zero; pause is { } wait && !stoppingToken.IsCancellationRequested; )
        {
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                pause = await worker.Work(order, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                RotationLog.Failed(logger, failure, order.ToKeyId, PauseAfterFailure);
                pause = PauseAfterFailure;
            }
            catch (Exception)
            {
                return; // Stopping: whoever starts next goes on.
            }
        }
    }
}
