using Azure.Data.Tables;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.States;

/// <summary>All grain states of a service, as a backup reads them.</summary>
internal sealed class StateRows(AzureTable table, string serviceId)
{
    private const int MaxTries = 50;

    // What follows the service's id in a partition's key, and what follows that in ASCII.
    private const char Separator = '_';
    private const char Behind = '`';

    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey", StateEntity.GrainId];

    /// <summary>Gets the table.</summary>
    public AzureTable Table => table;

    /// <summary>Returns where a state lies.</summary>
    public StateKey Key(ArchivedState state) => StateKey.Of(serviceId, state.Name, state.GrainId);

    /// <summary>Reads all states as they were together: until they are the same when they are looked at again.</summary>
    /// <exception cref="StorageUnavailableException">They never were.</exception>
    public async Task<StateMoment> ReadMomentAsync(CancellationToken cancellationToken)
    {
        for (var left = MaxTries; left > 0; left--)
        {
            var rows = await ReadAsync(null, cancellationToken).ToListAsync(cancellationToken);
            var versions = Versions(rows);
            if (await HasAsync(versions, cancellationToken))
            {
                return new([.. rows.Where(StateEntity.IsState).Select(StateEntity.Archived)], versions);
            }
        }

        throw new StorageUnavailableException(
            "The grains' states change too often to be read as they are together. Try again when less is written."
        );
    }

    /// <summary>Whether these are the rows, in these versions.</summary>
    public async Task<bool> HasAsync(
        IReadOnlySet<(string Partition, string Row, string ETag)> versions,
        CancellationToken cancellationToken
    ) => versions.SetEquals(Versions(await ReadAsync(KeysOnly, cancellationToken).ToListAsync(cancellationToken)));

    /// <summary>Reads the rows of this service; another one's keys may begin alike.</summary>
    /// <param name="properties">What to read of each; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<TableEntity> ReadAsync(IEnumerable<string>? properties, CancellationToken cancellationToken)
    {
        var (from, to) = ($"{serviceId}{Separator}", $"{serviceId}{Behind}");
        return table
            .RowsAsync(
                TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {to}"),
                properties,
                cancellationToken
            )
            .Where(IsOwn);
    }

    private bool IsOwn(TableEntity row) =>
        row.GetString(StateEntity.GrainId) is not { } grainId
        || StateKeys.Partition(serviceId, grainId) == row.PartitionKey;

    private static HashSet<(string Partition, string Row, string ETag)> Versions(IEnumerable<TableEntity> rows) =>
        [.. rows.Select(row => (row.PartitionKey, row.RowKey, row.ETag.ToString()))];
}
