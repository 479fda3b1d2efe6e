using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Hands commits to the index, and knows of each shard whether the index has all that it heard of.</summary>
/// <remarks>Safe from any thread. Rows may come late, twice or not at all: what is missing is read from the log.</remarks>
public sealed class IndexFeed : ICommitObserver
{
    private readonly LocalIndex _index;
    private readonly ILogger<IndexFeed> _logger;
    private readonly ShardMap _shards;
    private readonly ShardGap[] _gaps;
    private readonly Channel<Shard> _repairs;
    private volatile bool _isBuilt;

    /// <summary>Creates the feed.</summary>
    /// <param name="index">The index that it feeds.</param>
    /// <param name="shards">The exchange's shards.</param>
    /// <param name="logger">The log.</param>
    public IndexFeed(LocalIndex index, ShardMap shards, ILogger<IndexFeed> logger)
    {
        _index = index;
        _shards = shards;
        _logger = logger;
        _gaps = [.. shards.All.Select(_ => new ShardGap())];
        // Never full: a shard waits in it once at most.
        _repairs = Channel.CreateBounded<Shard>(new BoundedChannelOptions(shards.Count) { SingleReader = true });
    }

    /// <summary>Gets the number of shards that are not current.</summary>
    public int StaleShards => _shards.All.Count(shard => !IsCurrent(shard));

    /// <summary>Gets the shards to repair, each at most once at a time.</summary>
    internal ChannelReader<Shard> Repairs => _repairs.Reader;

    /// <summary>Returns whether the index was built and has every change of the shard that it heard of.</summary>
    /// <remarks>If not, "not in the index" does not mean "not known": ask the shard's owner or the storage.</remarks>
    public bool IsCurrent(Shard shard) => _isBuilt && HasAllHeard(shard);

    /// <inheritdoc/>
    public void OnCommitted(LogRow row)
    {
        try
        {
            if (!_index.Apply(row))
            {
                RememberGap(row);
            }
        }
        catch (ArgumentException exception)
        {
            _logger.RowRefused(row.Shard, exception);
            if (_shards.Contains(row.Shard))
            {
                RememberGap(row); // never current again: better than an answer that lacks a change
            }
        }
    }

    /// <summary>Returns whether the index has every change of the shard that the feed heard of.</summary>
    internal bool HasAllHeard(Shard shard) => _index.AppliedSequence(shard) >= _gaps[shard.Number].HeardSequence;

    /// <summary>From now on a shard without a gap is current.</summary>
    internal void MarkBuilt() => _isBuilt = true;

    /// <summary>Queues a shard for repair.</summary>
    /// <returns>False when it waits for one already.</returns>
    internal bool QueueRepair(Shard shard) => _gaps[shard.Number].TryQueue() && _repairs.Writer.TryWrite(shard);

    /// <summary>Says that a repair is about to begin: a gap found from now on needs another.</summary>
    internal void BeginRepair(Shard shard) => _gaps[shard.Number].Dequeue();

    private void RememberGap(LogRow row)
    {
        _gaps[row.Shard.Number].Hear(row.LastSequence);
        if (QueueRepair(row.Shard))
        {
            _logger.GapFound(row.Shard, _index.AppliedSequence(row.Shard), row.LastSequence);
        }
    }
}
