using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>One activation's stay on this silo: whether it is over, and whether others wrote to its shard meanwhile.</summary>
/// <remarks>Made with the activation, so before its state is read. One for each; used by its activation only.</remarks>
internal sealed class ShardStay
{
    private static readonly TimeSpan LeastStay = TimeSpan.FromSeconds(3);

    private readonly ShardResidence _residence;
    private readonly IShardProgress _progress;
    private readonly ShardMap _shards;
    private readonly TimeProvider _time;
    private readonly long _version;
    private readonly long _arrived;
    private long _foreignSequence;

    public ShardStay(
        IGrainContextAccessor grain,
        ShardMap shards,
        ShardResidence residence,
        IShardProgress progress,
        TimeProvider time
    )
    {
        (_shards, _residence, _progress, _time) = (shards, residence, progress, time);
        _arrived = time.GetTimestamp();
        Shard = ShardOfGrain.Find(grain.GrainContext.GrainId, shards);
        _version = residence.Version;
        _foreignSequence = progress.ForeignSequence(Shard);
    }

    /// <summary>Gets the shard.</summary>
    public Shard Shard { get; }

    /// <summary>Gets whether the shard's home has become another silo since.</summary>
    /// <remarks>
    /// What places grains knows a silo that joined a moment later than this. An activation that the present membership placed here
    /// stays for a few seconds, whatever that says, so that silos that disagree do not send it to and fro.
    /// </remarks>
    public bool IsOver =>
        !_residence.IsHere(Shard) && (_residence.Version != _version || _time.GetElapsedTime(_arrived) > LeastStay);

    /// <summary>Returns how far this silo has followed the shard of another indicator.</summary>
    public long AppliedSequence(Token token) => _progress.AppliedSequence(_shards.ShardOf(token));

    /// <summary>Has the state read again before the next answer.</summary>
    public void DistrustState() => _foreignSequence = -1;

    /// <summary>Reads the activation's state again if it may lack a change that its answer has to hold.</summary>
    /// <param name="asOf">The position of the shard at which the answer must be true, or later.</param>
    /// <param name="read">Reads it.</param>
    /// <remarks>
    /// While a shard has one writer this costs two comparisons: what is written through this silo is in the states here before
    /// anybody hears of it.
    /// </remarks>
    public async ValueTask CatchUp(long asOf, Func<Task> read)
    {
        var foreign = _progress.ForeignSequence(Shard);
        if (foreign != _foreignSequence || _progress.AppliedSequence(Shard) < asOf)
        {
            await read();
            _foreignSequence = foreign;
        }
    }
}
