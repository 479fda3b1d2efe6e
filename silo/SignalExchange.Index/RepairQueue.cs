using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>The shards of which the index lacks changes, in the order in which that was noticed.</summary>
/// <remarks>Never full: a shard waits in it once at most. Safe from any thread; for one taker.</remarks>
internal sealed class RepairQueue(ShardMap shards)
{
    private readonly Channel<Shard> _waiting = Channel.CreateBounded<Shard>(shards.Count);
    private readonly bool[] _isWaiting = new bool[shards.Count];

    /// <summary>Adds a shard.</summary>
    /// <returns>False when it waits already.</returns>
    public bool Add(Shard shard) =>
        !Interlocked.Exchange(ref _isWaiting[shard.Number], true) && _waiting.Writer.TryWrite(shard);

    /// <summary>Takes shards as they come. What is noticed after a shard was taken adds it again.</summary>
    public async IAsyncEnumerable<Shard> TakeAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var shard in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            Interlocked.Exchange(ref _isWaiting[shard.Number], false);
            yield return shard;
        }
    }
}
