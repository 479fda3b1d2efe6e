namespace SignalExchange.Storage;

/// <summary>How the storage of shards does.</summary>
/// <param name="IsWritable">Whether the last write was written; true before the first, false while it is closed.</param>
/// <param name="WaitingWrites">Writes of this process that wait for it.</param>
/// <param name="Bytes">What it takes; null where the engine does not know.</param>
/// <param name="FreeBytes">By how much it may still grow; null where only its server knows.</param>
public sealed record StorageStanding(bool IsWritable, int WaitingWrites, long? Bytes, long? FreeBytes)
{
    /// <summary>That of a storage which is not open.</summary>
    public static readonly StorageStanding Closed = new(false, 0, null, null);
}
