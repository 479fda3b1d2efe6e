namespace SignalExchange.Index.Snapshots;

/// <summary>What this silo's snapshots are sealed with.</summary>
/// <param name="Bytes">32 secret bytes, the same after a restart.</param>
internal sealed record SnapshotKey(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Returns no content.</summary>
    public override string ToString() => nameof(SnapshotKey);
}
