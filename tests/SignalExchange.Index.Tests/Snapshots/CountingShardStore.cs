using System.Runtime.CompilerServices;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests.Snapshots;

/// <summary>Counts the rows that are read.</summary>
internal sealed class CountingShardStore(IShardStore store) : ForwardingShardStore(store)
{
    private int _rows;

    public int RowsRead => _rows;

    public override async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in Inner.ReadLogAsync(shard, afterSequence, cancellationToken))
        {
            Interlocked.Increment(ref _rows);
            yield return row;
        }
    }
}
