namespace SignalExchange.Storage;

/// <summary>Where a shard's writer says what the other silos have to know: that it writes, what it wrote, that it stopped.</summary>
/// <remarks>Called by the writer, in the order of its log. Must be quick and must not throw; what is said may get lost.</remarks>
public interface IShardAnnouncer
{
    /// <summary>A shard's writer is here from now on.</summary>
    /// <param name="head">Where its log stood when it read it.</param>
    void Opened(ShardPosition head);

    /// <summary>It has committed a change that a grain on another silo made, or one here that may have given up waiting. Said before any observer hears of the commit.</summary>
    void WroteForAnother(ShardPosition change);

    /// <summary>It has committed; it will acknowledge when this returns.</summary>
    void Committed(LogRow row);

    /// <summary>It is here no longer, or was fenced.</summary>
    void Closed(Shard shard);
}
