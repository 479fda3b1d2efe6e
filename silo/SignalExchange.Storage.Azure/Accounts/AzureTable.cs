using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using SignalExchange.Storage.Azure.Errors;
using SignalExchange.Storage.Azure.Requests;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>A table: reads that are repeated when they fail, writes that are not, and errors that tell nothing.</summary>
/// <param name="account">The account's name, for people.</param>
/// <param name="reads">The client that repeats.</param>
/// <param name="writes">The client that doesn't.</param>
/// <param name="gate">Bounds the reads of all tables together.</param>
internal sealed class AzureTable(string account, TableClient reads, TableClient writes, ReadGate gate)
{
    /// <summary>Gets the account's name.</summary>
    public string Account => account;

    /// <summary>Makes the table unless it is there.</summary>
    /// <exception cref="StorageUnavailableException">It could not be made.</exception>
    public Task CreateIfAbsentAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => writes.CreateIfNotExistsAsync(cancellationToken), cancellationToken);

    /// <summary>Reads a row; null when it is not there.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="row">Its key there.</param>
    /// <param name="properties">What to read of it; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">It could not be read.</exception>
    public async Task<TableEntity?> FindAsync(
        string partition,
        string row,
        IEnumerable<string>? properties,
        CancellationToken cancellationToken
    )
    {
        // Not GetEntityIfExistsAsync: it takes a table that is gone for a row that never was.
        try
        {
            return await ReadAsync(
                async () =>
                    (await reads.GetEntityAsync<TableEntity>(partition, row, properties, cancellationToken)).Value,
                cancellationToken
            );
        }
        catch (AzureFailureException exception) when (exception.Failure.Kind == AzureFailureKind.ConditionFailed)
        {
            return null;
        }
    }

    /// <summary>Reads the rows of a partition whose keys lie between two, in order.</summary>
    /// <exception cref="StorageUnavailableException">They could not be read.</exception>
    public async IAsyncEnumerable<IReadOnlyList<TableEntity>> PagesAsync(
        string partition,
        string afterRow,
        string lastRow,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey gt {afterRow} and RowKey le {lastRow}"
        );
        await using var pages = reads
            .QueryAsync<TableEntity>(filter, pageSize, cancellationToken: cancellationToken)
            .AsPages()
            .GetAsyncEnumerator(cancellationToken);
        while (await ReadAsync(() => pages.MoveNextAsync().AsTask(), cancellationToken))
        {
            yield return pages.Current.Values;
        }
    }

    /// <summary>Reads rows of all partitions, in order.</summary>
    /// <param name="filter">Which, as <see cref="TableClient.CreateQueryFilter(FormattableString)"/> writes it.</param>
    /// <param name="properties">What to read of each; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StorageUnavailableException">They could not be read.</exception>
    public async IAsyncEnumerable<TableEntity> RowsAsync(
        string filter,
        IEnumerable<string>? properties,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var pages = reads
            .QueryAsync<TableEntity>(filter, select: properties, cancellationToken: cancellationToken)
            .AsPages()
            .GetAsyncEnumerator(cancellationToken);
        while (await ReadAsync(() => pages.MoveNextAsync().AsTask(), cancellationToken))
        {
            foreach (var row in pages.Current.Values)
            {
                yield return row;
            }
        }
    }

    /// <summary>Adds a row that must not be there.</summary>
    /// <returns>Its ETag.</returns>
    /// <exception cref="AzureFailureException">It was not added, or nobody can tell.</exception>
    public Task<ETag> AddAsync(TableEntity entity) =>
        WriteAsync(async () => ETagOf(await writes.AddEntityAsync(entity, CancellationToken.None)));

    /// <summary>Replaces a row that has an ETag.</summary>
    /// <returns>Its new ETag.</returns>
    /// <exception cref="AzureFailureException">It was not replaced, or nobody can tell.</exception>
    public Task<ETag> ReplaceAsync(TableEntity entity, ETag etag) =>
        WriteAsync(async () =>
            ETagOf(await writes.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace, CancellationToken.None))
        );

    /// <summary>Removes a row that has an ETag.</summary>
    /// <exception cref="AzureFailureException">It was not removed, or nobody can tell.</exception>
    public Task DeleteAsync(string partition, string row, ETag etag) =>
        WriteAsync(async () =>
        {
            // The SDK takes "not there" for success.
            var response = await writes.DeleteEntityAsync(partition, row, etag, CancellationToken.None);
            return response.Status == 404 ? throw new RequestFailedException(response) : response;
        });

    /// <summary>Runs an entity group transaction: all or nothing.</summary>
    /// <returns>The rows' new ETags, in the order of the actions.</returns>
    /// <exception cref="AzureFailureException">Nothing was written, or nobody can tell.</exception>
    public Task<IReadOnlyList<ETag>> TransactAsync(IReadOnlyList<TableTransactionAction> actions) =>
        WriteAsync<IReadOnlyList<ETag>>(async () =>
        {
            var responses = await writes.SubmitTransactionAsync(actions, CancellationToken.None);
            return [.. responses.Value.Select(ETagOf)];
        });

    /// <summary>The same, for who does not need the ETags; deletions have none.</summary>
    /// <exception cref="AzureFailureException">Nothing was written, or nobody can tell.</exception>
    public Task RunAsync(IReadOnlyList<TableTransactionAction> actions) =>
        WriteAsync(() => writes.SubmitTransactionAsync(actions, CancellationToken.None));

    private static ETag ETagOf(Response response) =>
        response.Headers.ETag ?? throw new InvalidOperationException("The service sent no ETag.");

    private async Task<TResult> ReadAsync<TResult>(Func<Task<TResult>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await gate.RunAsync(read, cancellationToken);
        }
        catch (Exception exception) when (AzureFailure.Of(exception, cancellationToken) is { } failure)
        {
            throw failure.Kind == AzureFailureKind.ConditionFailed
                ? new AzureFailureException(failure)
                : AzureErrors.Unavailable(failure, account);
        }
    }

    // Once a write has begun its outcome is awaited, so nobody's token ends it.
    private static async Task<TResult> WriteAsync<TResult>(Func<Task<TResult>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception exception) when (AzureFailure.Of(exception) is { } failure)
        {
            throw new AzureFailureException(failure);
        }
    }
}
