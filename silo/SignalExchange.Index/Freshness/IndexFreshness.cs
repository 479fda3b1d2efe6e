using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Storage;

namespace SignalExchange.Index.Freshness;

/// <summary>Whether "not in the index" may be taken for "not known", shard by shard.</summary>
/// <remarks>
/// On a storage that no other silo writes to: whenever the index is complete and has no gap. On a shared one, it must also be proven
/// within <see cref="IndexOptions.FreshnessLimit"/> that the log ended where the index stands: the storage said so, or the shard's
/// writer, asked by this silo. What writers send by themselves proves nothing: nobody knows how long it was under way.
/// Safe from any thread; costs one comparison a shard while all is well.
/// </remarks>
public sealed class IndexFreshness
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly LocalIndex _index;
    private readonly ShardEvidence[] _evidence;
    private readonly bool _isShared;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;

    /// <summary>Creates it, with no proof of anything.</summary>
    public IndexFreshness(LocalIndex index, IShardStore store, IOptions<IndexOptions> options, TimeProvider time)
    {
        (_index, _isShared, _limit, _time) = (index, store.IsShared, options.Value.FreshnessLimit, time);
        _evidence = [.. store.Shards.All.Select(_ => new ShardEvidence(time))];
    }

    /// <summary>Returns whether what the index says of a shard may be taken for all there is.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="now">The present moment, from before the index is asked.</param>
    public bool IsCurrent(Shard shard, Moment now) =>
        _index.IsCurrent(shard)
        && (!_isShared || _evidence[shard.Number].IsWithin(_limit, now, _index.AppliedSequence(shard)));

    /// <summary>Gets whether there is proof of every shard; gaps that are just being repaired do not count.</summary>
    public bool IsProven
    {
        get
        {
            var now = Moment.Now(_time);
            return !_isShared
                || _evidence.Index().All(it => it.Item.IsWithin(_limit, now, _index.AppliedSequence(new(it.Index))));
        }
    }

    /// <summary>Waits until a shard is current.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="limit">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether it is.</returns>
    public async ValueTask<bool> WaitUntilCurrentAsync(Shard shard, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (!IsCurrent(shard, Moment.Now(_time)))
        {
            if (_time.GetElapsedTime(started) >= limit)
            {
                return false;
            }

            await Task.Delay(Step, _time, cancellationToken);
        }

        return true;
    }

    /// <summary>Returns whether there is proof of a shard that is no older than so much.</summary>
    internal bool IsProvenWithin(Shard shard, TimeSpan limit, Moment now) =>
        _evidence[shard.Number].IsWithin(limit, now, _index.AppliedSequence(shard));

    /// <summary>Returns where a shard's log ended for all that anybody said who was asked; 0 when nobody was.</summary>
    internal long HighestHeard(Shard shard) => _evidence[shard.Number].Highest;

    /// <summary>Takes the word of the storage, or of a shard's writer, for where a log ended when it was asked.</summary>
    internal void Heard(ShardPosition head, Moment asked) =>
        _evidence[head.Shard.Number].Add(head.Sequence, asked, _index.AppliedSequence(head.Shard));
}
