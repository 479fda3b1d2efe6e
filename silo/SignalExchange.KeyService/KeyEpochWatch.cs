using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService;

/// <summary>Opens the keys when the host starts, before it serves anybody, and says every day which of them are overdue.</summary>
internal sealed class KeyEpochWatch(IServiceProvider services, TimeProvider time, ILogger<KeyEpochWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    private readonly PeriodicTimer _timer = new(Period, time);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Here and not in the constructor, so that wrong options are reported first and all at once.
        ReportOverdue(services.GetRequiredService<KeyStore>());
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _timer.WaitForNextTickAsync(stoppingToken))
        {
            ReportOverdue(services.GetRequiredService<KeyStore>());
        }
    }

    private void ReportOverdue(KeyStore store)
    {
        var now = time.GetUtcNow();
        foreach (var record in store.Records.Where(record => record.Term.IsOverdue(now)))
        {
            KeyServiceLog.EpochOverdue(logger, record.KeyId, record.Term.NotAfter!.Value);
        }
    }
}
