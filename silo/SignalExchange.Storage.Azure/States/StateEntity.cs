using Azure.Data.Tables;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.States;

/// <summary>A grain's state as an entity, and back.</summary>
/// <remarks>
/// <code>
/// Data, Data1 ...   the state, as <see cref="PayloadProperties"/>; all that Microsoft.Orleans.Persistence.AzureStorage knows
/// GrainId           the grain, before its characters were replaced
/// StateName         the state, likewise
/// WriteId           random: whoever lost the reply of a write knows its own by it
/// ArchivedETag      the one that the state had in a backup, until it is written again; of no use but to compare the two
/// </code>
/// That package ignores the last four and leaves them out of what it writes. A row of it without <c>Data</c> is a state
/// that was cleared.
/// </remarks>
internal static class StateEntity
{
    /// <summary>The property of the grain.</summary>
    public const string GrainId = "GrainId";

    private const string StateName = "StateName";
    private const string WriteId = "WriteId";
    private const string ArchivedETag = "ArchivedETag";

    public static TableEntity Of(StateKey key, ReadOnlyMemory<byte> payload, string writeId)
    {
        var entity = new TableEntity(key.Partition, key.Row)
        {
            [GrainId] = key.GrainId,
            [StateName] = key.StateName,
            [WriteId] = writeId,
        };
        PayloadProperties.Add(entity, payload);
        return entity;
    }

    /// <summary>Makes the row of a state that comes from a backup.</summary>
    public static TableEntity Of(StateKey key, ArchivedState state)
    {
        var entity = Of(key, state.Payload, "");
        entity[ArchivedETag] = state.ETag;
        return entity;
    }

    /// <summary>Returns a row's state as a backup holds it.</summary>
    /// <exception cref="StorageFormatException">The official package wrote it: whose it is can't be told from its key.</exception>
    public static ArchivedState Archived(TableEntity entity) =>
        entity.GetString(GrainId) is { } grainId && entity.GetString(StateName) is { } stateName
            ? new(
                stateName,
                grainId,
                entity.GetString(ArchivedETag) ?? entity.ETag.ToString(),
                PayloadProperties.Read(entity)
            )
            : throw new StorageFormatException(
                "A grain's state was written by Microsoft.Orleans.Persistence.AzureStorage, which leaves out whose it is. Let the exchange write it once."
            );

    /// <summary>Whether the row holds a state, rather than the memory of one that the official package cleared.</summary>
    public static bool IsState(TableEntity entity) => PayloadProperties.IsIn(entity) || entity.ContainsKey(WriteId);

    /// <summary>Whether a write left the row.</summary>
    public static bool IsOf(TableEntity entity, string writeId) => entity.GetString(WriteId) == writeId;

    /// <summary>Throws unless the row is that of the grain: another one's id may have become the same key.</summary>
    /// <exception cref="StorageFormatException">It isn't; the message names neither.</exception>
    public static void CheckOwner(TableEntity entity, StateKey key)
    {
        if (
            (entity.GetString(GrainId) is { } grainId && grainId != key.GrainId)
            || (entity.GetString(StateName) is { } stateName && stateName != key.StateName)
        )
        {
            throw new StorageFormatException(
                "Two grains have ids that Azure Tables cannot tell apart: they differ only in / \\ # ? and _. Rename one."
            );
        }
    }

    public static GrainStateRow Row(TableEntity entity) => new(entity.ETag.ToString(), PayloadProperties.Read(entity));
}
