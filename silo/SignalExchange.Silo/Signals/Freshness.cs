using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Index;
using SignalExchange.Silo.Errors;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>How new an answer is: the positions that it is true at, and those that a caller asks for.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class Freshness(LocalIndex index, ShardMap shards, IOptions<SignalOptions> options)
{
    // A large batch asks about every shard, and most stand where they stood for the batch before.
    private readonly Position?[] _positions = new Position?[shards.Count];

    /// <summary>Returns where the log of a token's shard stands.</summary>
    /// <inheritdoc cref="PositionOf(Shard)"/>
    public Position PositionOf(Token token) => PositionOf(shards.ShardOf(token));

    /// <summary>Returns where a shard's log stands.</summary>
    /// <returns>A message that many answers share: not to be changed.</returns>
    public Position PositionOf(Shard shard)
    {
        ref var last = ref _positions[shard.Number];
        var sequence = (ulong)index.AppliedSequence(shard);
        if (Volatile.Read(ref last) is { } position && position.Sequence == sequence)
        {
            return position;
        }

        position = new() { Shard = (uint)shard.Number, Sequence = sequence };
        Volatile.Write(ref last, position);
        return position;
    }

    /// <summary>Refuses unless the index has every change of the shard that it was told of.</summary>
    public void RequireCurrent(Shard shard)
    {
        if (!index.IsCurrent(shard))
        {
            // A gap in its feed is being repaired: "not known" might be wrong.
            throw new Refusal(ErrorReason.NotReady).ToRpcException();
        }
    }

    /// <summary>Refuses unless the index has every change of every shard that it was told of.</summary>
    public void RequireCurrent()
    {
        foreach (var shard in shards.All)
        {
            RequireCurrent(shard);
        }
    }

    /// <summary>Waits until this silo has come to positions, and refuses if it does not in time.</summary>
    public async Task Require(IReadOnlyList<Position> positions, CancellationToken cancellationToken)
    {
        foreach (var position in positions)
        {
            var wanted = new ShardPosition(new Shard((int)position.Shard), (long)position.Sequence);
            if (!shards.Contains(wanted.Shard) || wanted.Sequence < 0)
            {
                throw new Refusal(ErrorReason.PositionInvalid, "at_least").ToRpcException();
            }

            if (!await index.WaitForAsync(wanted, options.Value.FreshnessWait, cancellationToken))
            {
                throw new Refusal(ErrorReason.PositionNotReached, "at_least").ToRpcException();
            }
        }
    }
}
