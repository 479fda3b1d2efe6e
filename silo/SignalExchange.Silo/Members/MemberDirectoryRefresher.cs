using SignalExchange.Grains.Members;

namespace SignalExchange.Silo.Members;

/// <summary>Keeps <see cref="MemberDirectory"/> up to date: waits at the registry, and asks again when it hears nothing.</summary>
internal sealed class MemberDirectoryRefresher(
    IGrainFactory grains,
    MemberDirectory directory,
    TimeProvider clock,
    ILogger<MemberDirectoryRefresher> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Fetches the registry now if it is newer than the copy; for a change that its maker must see at once.</summary>
    public async Task Refresh(long atLeast, CancellationToken cancellationToken)
    {
        while (directory.Version < atLeast)
        {
            await directory.Ask(known => Registry.WaitForChange(known, cancellationToken));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await directory.Ask(known => Registry.WaitForChange(known, stoppingToken));
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                MemberLog.RefreshFailed(logger, failure);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private IMemberRegistryGrain Registry => grains.GetGrain<IMemberRegistryGrain>(0);
}
