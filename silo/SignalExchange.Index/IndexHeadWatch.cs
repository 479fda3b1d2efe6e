using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Index.Freshness;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Asks the storage, now and then, where each shard stands: proof that nothing is missing, or of what nobody told the feed.</summary>
/// <remarks>
/// Such there is: another silo brings a commit and fails; the reply to a commit is lost, the shard goes away, and the retry finds the signal stored and writes
/// nothing. Without this the index would lack it until the shard's next commit. A head counts when the index has not
/// reached it a round later: the feed of a healthy shard is often a moment behind, and that is no gap. What a shard's writer answered this silo
/// (<see cref="IndexHeartbeat"/>) counts as the storage's word does. So a storage that is asked for each shard by itself is asked for those alone
/// whose writers have been silent for half the time that a proof is good for, and now and then for every other.
/// </remarks>
internal sealed class IndexHeadWatch(
    LocalIndex index,
    IShardStore store,
    IndexFreshness freshness,
    RepairQueue repairs,
    IOptions<IndexOptions> options,
    TimeProvider time,
    ILogger<IndexHeadWatch> logger
) : BackgroundService
{
    private const int AtOnce = 32;

    private readonly long[] _headsBefore = new long[store.Shards.Count];
    private readonly int _roundsPerSweep = (int)(options.Value.HeadSweepInterval / options.Value.HeadInterval);
    private int _round;
    private bool _isOut;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeadInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (index.IsComplete)
            {
                await TryLookAsync(stoppingToken);
            }
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
            _isOut = false;
        }
        // The next round asks again, whatever it was.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isOut)
            {
                logger.HeadsUnreadable(exception);
            }

            _isOut = true;
        }
    }

    /// <summary>One round.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await (store.ReadsHeadsTogether ? AskTogether(cancellationToken) : AskOneByOne(cancellationToken));
        foreach (var shard in store.Shards.All)
        {
            var before = new ShardPosition(shard, _headsBefore[shard.Number]);
            if (index.AppliedSequence(shard) < before.Sequence)
            {
                index.Hear(before);
                Repair(before);
            }

            _headsBefore[shard.Number] = freshness.HighestHeard(shard);
        }
    }

    private async Task AskTogether(CancellationToken cancellationToken)
    {
        var asked = Moment.Now(time);
        var heads = await store.ReadHeadsAsync(cancellationToken);
        foreach (var shard in store.Shards.All)
        {
            freshness.Heard(new(shard, heads[shard.Number]), asked);
        }
    }

    private Task AskOneByOne(CancellationToken cancellationToken)
    {
        var (now, silence) = (Moment.Now(time), options.Value.FreshnessLimit / 2);
        var turn = _round++ % _roundsPerSweep;
        return Parallel.ForEachAsync(
            store.Shards.All.Where(shard =>
                shard.Number % _roundsPerSweep == turn || !freshness.IsProvenWithin(shard, silence, now)
            ),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (shard, cancelled) =>
            {
                var asked = Moment.Now(time);
                freshness.Heard(new(shard, await store.ReadHeadAsync(shard, cancelled)), asked);
            }
        );
    }

    private void Repair(ShardPosition heard)
    {
        if (repairs.Add(heard.Shard))
        {
            logger.GapFound(heard.Shard, index.AppliedSequence(heard.Shard), heard.Sequence);
        }
    }
}
