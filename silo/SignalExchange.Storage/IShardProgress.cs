namespace SignalExchange.Storage;

/// <summary>How far this silo has followed the shards' logs: what grains compare the states with that they hold in memory.</summary>
/// <remarks>Safe from any thread, and cheap.</remarks>
public interface IShardProgress
{
    /// <summary>Returns the sequence up to which every change of the shard was applied on this silo.</summary>
    long AppliedSequence(Shard shard);

    /// <summary>Returns the sequence of the last change of the shard that was not written through this silo; 0 for none.</summary>
    /// <remarks>
    /// It grows before <see cref="AppliedSequence"/> covers the change. A state that was read before it grew may lack what another
    /// silo wrote.
    /// </remarks>
    long ForeignSequence(Shard shard);
}
