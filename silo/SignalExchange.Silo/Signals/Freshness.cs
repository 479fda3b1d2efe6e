using Microsoft.Extensions.Options;
using SignalExchange.Clustering;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Index;
using SignalExchange.Index.Freshness;
using SignalExchange.Silo.Errors;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

/// <summary>How new an answer is: the positions that it is true at, and those that a caller asks for.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class Freshness(
    LocalIndex index,
    IndexFreshness known,
    ShardMap shards,
    IOptions<SignalOptions> options,
    TimeProvider clock
)
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

    /// <summary>Returns how far this silo has followed the log of a token's shard: what it asks its indicator to know of.</summary>
    public long AsOf(Token token) => index.AppliedSequence(shards.ShardOf(token));

    /// <summary>Returns whether this silo is known to lack nothing of a shard, without waiting.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="now">The present moment, from before the index is asked.</param>
    public bool IsCurrent(Shard shard, Moment now) => known.IsCurrent(shard, now);

    /// <summary>Refuses unless this silo is known to lack nothing of any shard that was acknowledged a moment ago, or longer.</summary>
    public ValueTask RequireCurrent(CancellationToken cancellationToken) =>
        RequireCurrent(shards.All, cancellationToken);

    /// <summary>The same of the shards of tokens.</summary>
    public ValueTask RequireCurrent(IEnumerable<Token> asked, CancellationToken cancellationToken) =>
        RequireCurrent(asked.Select(shards.ShardOf).Distinct(), cancellationToken);

    /// <summary>Refuses unless this silo is known to lack nothing of the shards that was acknowledged a moment ago, or longer.</summary>
    /// <remarks>A gap is being repaired, or this silo was cut off: "not known" might be wrong, and so might be what its grains remember.</remarks>
    public async ValueTask RequireCurrent(IEnumerable<Shard> asked, CancellationToken cancellationToken)
    {
        var now = Moment.Now(clock);
        foreach (var shard in asked.Where(shard => !known.IsCurrent(shard, now)))
        {
            if (!await known.WaitUntilCurrentAsync(shard, options.Value.FreshnessWait, cancellationToken))
            {
                throw new Refusal(ErrorReason.NotReady).ToRpcException();
            }
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
