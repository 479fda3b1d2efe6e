using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService;

/// <summary>Follows what other silos change in a folder that is shared, so that a key that one has destroyed is soon gone from all.</summary>
/// <remarks>Whoever lists the keys looks by itself; evaluations go on by what is known here.</remarks>
internal sealed class KeyFollower(
    IServiceProvider services,
    IOptions<KeyServiceOptions> options,
    TimeProvider time,
    ILogger<KeyFollower> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var isBehind = false;
        while (options.Value.IsShared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            isBehind = !TryFollow(isBehind);
        }
    }

    private bool TryFollow(bool wasBehind)
    {
        try
        {
            services.GetRequiredService<KeyStore>().Follow();
            return true;
        }
        catch (KeyStoreException failure)
        {
            if (!wasBehind)
            {
                KeyServiceLog.Behind(logger, failure);
            }

            return false;
        }
    }
}
