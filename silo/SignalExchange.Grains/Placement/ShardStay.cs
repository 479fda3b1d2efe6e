using SignalExchange.Storage;

namespace SignalExchange.Grains.Placement;

/// <summary>One activation's stay on this silo: whether it is over, and whether others wrote to its shard meanwhile.</summary>
/// <remarks>Made with the activation, so before its state is read. One for each; used by its activation only.</remarks>
internal sealed class ShardStay
{
    private readonly ShardResidence _residence;
    private readonly IShardProgress _progress;
    private readonly long _version;
    private long _foreignSequence;

    public ShardStay(
        IGrainContextAccessor grain,
        ShardMap shards,
        ShardResidence residence,
        IShardProgress progress
    )
    {
        (_residence, _progress) = (residence, progress);
        Shard = ShardOfGrain.Find(grain.GrainContext.GrainId, shards);
        _version = residence.Version;
        _foreignSequence = progress.ForeignSequence(Shard);
    }

    /// <summary>Gets the shard.</summary>
    public Shard Shard { get; }

    /// <summary>Gets whether the shard's home has become another silo since.</summary>
    /// <remarks>
    /// An activation that was placed here by the present membership stays, whatever that says: silos that disagree for a moment
    /// must not send a grain to and fro.
    /// </remarks>
    public bool IsOver => _residence.Version != _version && !_residence.IsHere(Shard);

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
