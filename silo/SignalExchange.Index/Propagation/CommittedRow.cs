using SignalExchange.Storage;

namespace SignalExchange.Index.Propagation;

/// <summary>A row of a shard's log on its way to another silo.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="FirstSequence">The sequence of its first change; whoever has not the one before lacks rows.</param>
/// <param name="CommitId">The row's id.</param>
/// <param name="Changes">The changes, as <see cref="LogRowCodec"/> writes them.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.committed-row")]
public sealed record CommittedRow(
    [property: Id(0)] int Shard,
    [property: Id(1)] long FirstSequence,
    [property: Id(2)] UInt128 CommitId,
    [property: Id(3)] byte[] Changes
)
{
    /// <summary>Packs a row.</summary>
    public static CommittedRow Of(LogRow row) =>
        new(row.Shard.Number, row.FirstSequence, row.CommitId, LogRowCodec.Encode(row.Changes));

    /// <summary>Unpacks it.</summary>
    /// <exception cref="StorageFormatException">The other silo packs in another way.</exception>
    public LogRow ToLogRow() => new(new(Shard), FirstSequence, CommitId, LogRowCodec.Decode(Changes));
}
