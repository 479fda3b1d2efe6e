using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.States;

/// <summary>Ordinary grain states, a row each.</summary>
/// <remarks>Safe from any thread. Writes run to their end: the caller's patience ended before they began.</remarks>
internal sealed class StateTable(AzureTable table, string serviceId)
{
    private const int WriteIdDigits = 32;

    public StateKey Key(string stateName, string grainId) => StateKey.Of(serviceId, stateName, grainId);

    /// <summary>Reads a state; null when there is none.</summary>
    public async Task<GrainStateRow?> ReadAsync(StateKey key, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken) is { } entity && StateEntity.IsState(entity)
            ? StateEntity.Row(entity)
            : null;

    /// <summary>Writes a state over the row with the ETag, or where there is none.</summary>
    /// <returns>Its ETag.</returns>
    public async Task<string> WriteAsync(StateKey key, ReadOnlyMemory<byte> payload, string? expectedETag)
    {
        var writeId = RandomNumberGenerator.GetHexString(WriteIdDigits, lowercase: true);
        var entity = StateEntity.Of(key, payload, writeId);
        try
        {
            var etag = expectedETag is null
                ? await AddAsync(key, entity)
                : await table.ReplaceAsync(entity, ParseETag(expectedETag));
            return etag.ToString();
        }
        catch (AzureFailureException exception)
        {
            return exception.Failure.Kind == AzureFailureKind.Unknown
                ? await SettleAsync(key, writeId, exception.Failure)
                : throw ErrorOf(exception.Failure);
        }
    }

    /// <summary>Removes the row with the ETag; nothing when none is expected and none is there.</summary>
    public async Task<bool> ClearAsync(StateKey key, string? expectedETag)
    {
        if (expectedETag is null)
        {
            return await ReadAsync(key, CancellationToken.None) is null ? true : throw new StaleStateException();
        }

        try
        {
            await table.DeleteAsync(key.Partition, key.Row, ParseETag(expectedETag));
            return true;
        }
        catch (AzureFailureException exception)
        {
            throw ErrorOf(exception.Failure);
        }
    }

    // "*" would match any row. The service's own are weak: W/"datetime'...'".
    private static ETag ParseETag(string etag) =>
        etag.StartsWith("W/\"", StringComparison.Ordinal) ? new(etag) : throw new StaleStateException();

    private async Task<TableEntity?> FindAsync(StateKey key, CancellationToken cancellationToken)
    {
        var entity = await table.FindAsync(key.Partition, key.Row, null, cancellationToken);
        if (entity is { })
        {
            StateEntity.CheckOwner(entity, key);
        }

        return entity;
    }

    private async Task<ETag> AddAsync(StateKey key, TableEntity entity)
    {
        try
        {
            return await table.AddAsync(entity);
        }
        catch (AzureFailureException exception) when (exception.Failure.Kind == AzureFailureKind.ConditionFailed)
        {
            // There is a row. It may be what is left of a state that the official package cleared.
            return await FindAsync(key, CancellationToken.None) is { } left && !StateEntity.IsState(left)
                ? await table.ReplaceAsync(entity, left.ETag)
                : throw new AzureFailureException(exception.Failure);
        }
    }

    // The row tells whether the write that lost its reply is the last one. If not, it may still be on its way, or overwritten.
    private async Task<string> SettleAsync(StateKey key, string writeId, AzureFailure failure)
    {
        try
        {
            return await FindAsync(key, CancellationToken.None) is { } entity && StateEntity.IsOf(entity, writeId)
                ? entity.ETag.ToString()
                : throw AzureErrors.Unknown(failure, table.Account);
        }
        catch (StorageUnavailableException)
        {
            throw AzureErrors.Unknown(failure, table.Account);
        }
    }

    private Exception ErrorOf(AzureFailure failure) =>
        failure.Kind == AzureFailureKind.ConditionFailed
            ? new StaleStateException()
            : AzureErrors.OfWrite(failure, table.Account);
}
