using Microsoft.Extensions.Options;
using SignalExchange.Grains.Census;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Operations;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Census;

/// <summary>Counts all signals when it is this silo's turn.</summary>
internal sealed class CensusTaker(
    IGrainFactory grains,
    IndicatorWalk walk,
    ShardMap shards,
    MemberDirectory members,
    SiloSelf self,
    IOptions<CensusOptions> options,
    TimeProvider clock,
    ILogger<CensusTaker> logger
) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private ISignalCensusGrain Census => grains.GetGrain<ISignalCensusGrain>(0);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.Interval;
        using var timer = new PeriodicTimer(interval < LongestPause ? interval : LongestPause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // Without the registry nobody knows whose signals went with them.
                if (members.IsCurrent && await Census.Claim(self.Origin, interval))
                {
                    await Take(stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                CensusLog.NotTaken(logger, failure);
            }
        }
    }

    private async Task Take(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var tally = new CensusTally(members, clock.GetUtcNow());
        foreach (var shard in shards.All)
        {
            await foreach (var indicator in walk.ReadAsync(shard, cancellationToken))
            {
                tally.Add(indicator);
            }

            if (!await Census.Claim(self.Origin, options.Value.Interval))
            {
                return; // It took so long that another silo took over.
            }
        }

        foreach (var own in tally.Owns())
        {
            await grains.GetGrain<IOwnSignalsGrain>(own.Totals.MemberId).Report(own);
        }

        var took = clock.GetElapsedTime(began);
        var census = tally.ToCensus(took);
        await Census.Report(census);
        CensusLog.Taken(logger, census.LiveSignals, census.Indicators, took);
    }
}
