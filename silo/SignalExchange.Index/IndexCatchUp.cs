using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Brings a shard of the index up to the end of its stored log.</summary>
/// <remarks>Safe from any thread, also while the shard's commits are applied.</remarks>
internal sealed class IndexCatchUp(IShardStore store, LocalIndex index)
{
    /// <summary>Reads the log from where the index stands and applies it.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="cancellationToken">Ends the reading; what was applied stays.</param>
    /// <returns>By how many changes the shard has moved on.</returns>
    /// <exception cref="StorageFormatException">Changes are missing in the middle of the log.</exception>
    public async Task<long> ReadAsync(Shard shard, CancellationToken cancellationToken)
    {
        var before = index.AppliedSequence(shard);
        await foreach (var row in store.ReadLogAsync(shard, before, cancellationToken))
        {
            if (!index.Apply(row))
            {
                throw new StorageFormatException(
                    $"The log of shard {shard} has a row from {row.FirstSequence}, none before from {index.AppliedSequence(shard) + 1}."
                );
            }
        }

        return index.AppliedSequence(shard) - before;
    }
}
