using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.States;

/// <summary>A grain's state as an entity, and back.</summary>
/// <remarks>
/// <code>
/// Data, Data1 ...   the state, as <see cref="PayloadProperties"/>; all that Microsoft.Orleans.Persistence.AzureStorage knows
/// GrainId           the grain, before its characters were replaced
/// StateName         the state, likewise
/// WriteId           random: whoever lost the reply of a write knows its own by it
/// </code>
/// That package ignores the last three and leaves them out of what it writes. A row of it without <c>Data</c> is a state
/// that was cleared.
/// </remarks>
internal static class StateEntity
{
    private const string GrainId = "GrainId";
    private const string StateName = "StateName";
    private const string WriteId = "WriteId";

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
