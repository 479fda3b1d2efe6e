using System.Runtime.CompilerServices;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Census;

/// <summary>Reads every indicator of a shard, once each, in the order of their last changes.</summary>
/// <remarks>Reads the storage and activates no grain. What changes meanwhile may be missed or be found as it is then. Safe from any thread.</remarks>
public sealed class IndicatorWalk(IShardStore store)
{
    /// <summary>Reads them.</summary>
    public async IAsyncEnumerable<IndicatorState> ReadAsync(
        Shard shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in store.ReadLogAsync(shard, 0, cancellationToken))
        {
            for (var place = 0; place < row.Changes.Count; place++)
            {
                var found = await store.ReadIndicatorAsync(row.Changes[place].Token, cancellationToken);
                if (found?.Version == row.FirstSequence + place)
                {
                    yield return IndicatorState.Parser.ParseFrom(found.State.Span);
                }
            }
        }
    }
}
