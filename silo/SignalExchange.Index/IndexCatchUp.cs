using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Brings all that is made of a shard's log up to the end of what is stored.</summary>
/// <remarks>Safe from any thread, also while the shard's commits are applied.</remarks>
internal sealed class IndexCatchUp(IShardStore store, IEnumerable<IRowConsumer> consumers, ShardProgress progress)
{
    private readonly IRowConsumer[] _consumers = [.. consumers];

    /// <summary>Reads the log from where the hindmost stands and applies it.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="cancellationToken">Ends the reading; what was applied stays.</param>
    /// <returns>By how many changes the hindmost has moved on.</returns>
    /// <exception cref="StorageFormatException">Changes are missing in the middle of the log.</exception>
    public async Task<long> ReadAsync(Shard shard, CancellationToken cancellationToken)
    {
        var before = Hindmost(shard);
        await foreach (var row in store.ReadLogAsync(shard, before, cancellationToken))
        {
            Apply(row);
        }

        return Hindmost(shard) - before;
    }

    private void Apply(LogRow row)
    {
        progress.HeardForeign(new(row.Shard, row.LastSequence)); // This silo's own rows come by the feed.
        foreach (var consumer in _consumers.Where(consumer => !consumer.Apply(row)))
        {
            throw new StorageFormatException(
                $"The log of shard {row.Shard} has a row from {row.FirstSequence}, none before from {consumer.AppliedSequence(row.Shard) + 1}."
            );
        }
    }

    private long Hindmost(Shard shard) => _consumers.Min(consumer => consumer.AppliedSequence(shard));
}
