using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SignalExchange.Clustering.Pulses;

/// <summary>Asks, several times within <see cref="StandingOptions.StandingLimit"/>, whether this silo's view still is the newest.</summary>
/// <remarks>
/// The membership table knows. While it cannot be read, every other silo is asked, and all of them must answer that they have heard of
/// nothing newer: nobody changes a table that nobody can reach, and one who joined before that has told the others.
/// </remarks>
internal sealed class ClusterPulse(
    ClusterView view,
    ClusterStanding standing,
    HeardVersion heard,
    IPulses pulses,
    IMembershipTable table,
    IClusterMembershipService membership,
    IOptions<StandingOptions> options,
    TimeProvider time,
    ILogger<ClusterPulse> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PulseInterval, time);
        var hasHeld = false;
        do
        {
            await Beat(stoppingToken);
            if (hasHeld != standing.Holds)
            {
                hasHeld = !hasHeld;
                Report(hasHeld);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One round. Takes no longer than a view may be old.</summary>
    internal async Task Beat(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(options.Value.StandingLimit);
        var asked = Moment.Now(time);
        var answers = await Task.WhenAll(Try(() => AskTable(limited.Token)), Try(() => AskOthers(limited.Token)));
        if (answers.Contains(true) && view.Current.IsLocalActive)
        {
            standing.Confirm(asked);
        }
    }

    // Read directly: the runtime's own refresh may join one that began before this silo was stopped for a while.
    private async Task<bool> AskTable(CancellationToken cancellationToken)
    {
        var stored = (await table.ReadAllAsync(cancellationToken)).Version.Version;
        if (stored > view.Current.Version)
        {
            await membership.Refresh(new MembershipVersion(stored), cancellationToken);
        }

        return view.Current.Version >= stored;
    }

    private async Task<bool> AskOthers(CancellationToken cancellationToken)
    {
        var shape = view.Current;
        var versions = await Task.WhenAll(
            shape.Others.Select(silo => pulses.Of(silo).Compare(shape.Version).WaitAsync(cancellationToken))
        );
        var newest = heard.Newest(versions.Append(shape.Version).Max());
        return !shape.Others.IsEmpty && newest <= shape.Version;
    }

    private async Task<bool> Try(Func<Task<bool>> ask)
    {
        try
        {
            return await ask();
        }
        // Whatever it was, it is no confirmation, and the next round asks again.
        catch (Exception failure)
        {
            ClusteringLog.PulseFailed(logger, failure);
            return false;
        }
    }

    private void Report(bool holds)
    {
        if (holds)
        {
            ClusteringLog.InTouch(logger, view.Current.Version, view.Current.Active.Length);
        }
        else
        {
            ClusteringLog.OutOfTouch(logger, options.Value.StandingLimit);
        }
    }
}
