using System.Buffers.Binary;
using Azure.Data.Tables;
using SignalExchange.Contracts;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>A shard's rows as entities, and back.</summary>
/// <remarks>
/// <code>
/// head       Sequence: Int64; Held: true while a backup takes its moment
/// indicator  Version: Int64; the state
/// log        First: Int64; CommitId: 16 bytes, big-endian; the changes, as <see cref="LogRowCodec"/> draws them
/// </code>
/// Bytes lie as <see cref="PayloadProperties"/>. A change here is a new <see cref="FormatRow.Format"/>.
/// </remarks>
internal static class ShardEntities
{
    /// <summary>The property of an indicator's version.</summary>
    public const string Version = "Version";

    /// <summary>The property of a log row's commit id.</summary>
    public const string CommitId = "CommitId";

    private const string Sequence = "Sequence";
    private const string Held = "Held";
    private const string First = "First";
    private const int CommitIdBytes = 16;

    public static TableEntity OfHead(Shard shard, long sequence) =>
        new(ShardKeys.Partition(shard), ShardKeys.Head) { [Sequence] = sequence };

    /// <summary>Makes a head that asks whoever is about to write to wait. The next commit's takes that away.</summary>
    public static TableEntity OfHeldHead(Shard shard, long sequence)
    {
        var entity = OfHead(shard, sequence);
        entity[Held] = true;
        return entity;
    }

    public static ShardHead Head(TableEntity? entity) =>
        entity is null ? new(0, null) : new(Int64(entity, Sequence), entity.ETag, entity.ContainsKey(Held));

    public static TableEntity OfIndicator(Shard shard, Token token, long version, ReadOnlyMemory<byte> state)
    {
        var entity = new TableEntity(ShardKeys.Partition(shard), ShardKeys.Indicator(token)) { [Version] = version };
        PayloadProperties.Add(entity, state);
        return entity;
    }

    public static RowVersion VersionOf(TableEntity entity) => new(Int64(entity, Version), entity.ETag);

    public static IndicatorRow Indicator(Token token, TableEntity entity) =>
        new(token, Int64(entity, Version), PayloadProperties.Read(entity));

    public static TableEntity OfLogRow(ArchivedLogRow row)
    {
        var commitId = new byte[CommitIdBytes];
        BinaryPrimitives.WriteUInt128BigEndian(commitId, row.CommitId);
        var entity = new TableEntity(ShardKeys.Partition(row.Shard), ShardKeys.LogRow(row.LastSequence))
        {
            [First] = row.FirstSequence,
            [CommitId] = commitId,
        };
        PayloadProperties.Add(entity, row.Changes);
        return entity;
    }

    public static LogRow LogRow(Shard shard, TableEntity entity)
    {
        var row = UndecodedLogRow(shard, entity);
        return new(shard, row.FirstSequence, row.CommitId, LogRowCodec.Decode(row.Changes));
    }

    /// <summary>Returns a row of the log with its changes as they are stored.</summary>
    public static ArchivedLogRow UndecodedLogRow(Shard shard, TableEntity entity) =>
        new(
            shard,
            Int64(entity, First),
            ShardKeys.LastSequenceOf(entity.RowKey),
            CommitIdOf(entity),
            PayloadProperties.Read(entity)
        );

    public static UInt128 CommitIdOf(TableEntity entity) =>
        entity.GetBinary(CommitId) is { Length: CommitIdBytes } bytes
            ? BinaryPrimitives.ReadUInt128BigEndian(bytes)
            : throw Malformed(CommitId);

    private static long Int64(TableEntity entity, string property) =>
        entity.GetInt64(property) ?? throw Malformed(property);

    private static StorageFormatException Malformed(string property) =>
        new($"A row of a shard's partition lacks its property {property}. Restore the table from a backup.");
}
