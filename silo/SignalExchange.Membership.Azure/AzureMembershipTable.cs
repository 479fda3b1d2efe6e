using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Storage.Azure;

namespace SignalExchange.Membership.Azure;

/// <summary>The membership of silos in an Azure table, a partition a cluster.</summary>
/// <remarks>
/// <para>
/// Every change but a sign of life goes with the version row in one transaction, fenced by that row's ETag. So that ETag is every
/// silo's: what it was read with has changed if and only if the version has. A silo's row has another one after each sign of life.
/// </para>
/// <para>Safe from any thread. Requests that fail on their way are repeated; Orleans reads again when one is refused.</para>
/// </remarks>
internal sealed partial class AzureMembershipTable(AzureConnections connections, IOptions<ClusterOptions> options)
    : IMembershipTable
{
    // https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
    private const int MaxTransactionRows = 100;

    private readonly string _cluster = options.Value.ClusterId;

    private TableClient Table => connections.Tables.GetTableClient(SiloRows.Table);

    public async Task InitializeMembershipTableAsync(
        bool tryInitTableVersion,
        CancellationToken cancellationToken = default
    )
    {
        await Table.CreateIfNotExistsAsync(cancellationToken);
        if (tryInitTableVersion)
        {
            await TryAsync([new(TableTransactionActionType.Add, SiloRows.OfVersion(_cluster, 0))], cancellationToken);
        }
    }

    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var (rows, pages) = await ReadAsync(FilterOf(_cluster), cancellationToken);
            var data = DataOf(rows);

            // A page is read at one moment, several are not.
            if (pages == 1 || await IsCurrentAsync(data.Version, cancellationToken))
            {
                return data;
            }
        }
    }

    public async Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {_cluster} and (RowKey eq {SiloRows.KeyOf(key)} or RowKey eq {SiloRows.Version})"
        );
        return DataOf((await ReadAsync(filter, cancellationToken)).Rows);
    }

    public Task<bool> InsertRowAsync(
        MembershipEntry entry,
        TableVersion tableVersion,
        CancellationToken cancellationToken = default
    ) =>
        TryAsync(
            [new(TableTransactionActionType.Add, SiloRows.Of(_cluster, entry)), VersionAction(tableVersion)],
            cancellationToken
        );

    public async Task<bool> UpdateRowAsync(
        MembershipEntry entry,
        string etag,
        TableVersion tableVersion,
        CancellationToken cancellationToken = default
    ) =>
        etag == tableVersion.VersionEtag
        && await TryAsync(
            [
                new(TableTransactionActionType.UpdateReplace, SiloRows.Of(_cluster, entry), ETag.All),
                VersionAction(tableVersion),
            ],
            cancellationToken
        );

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default) =>
        Table.UpdateEntityAsync(
            SiloRows.OfSignOfLife(_cluster, entry),
            ETag.All,
            TableUpdateMode.Merge,
            cancellationToken
        );

    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        DeleteAsync(clusterId, static _ => true, cancellationToken);

    public Task CleanupDefunctSiloEntriesAsync(
        DateTimeOffset beforeDate,
        CancellationToken cancellationToken = default
    ) =>
        DeleteAsync(
            _cluster,
            row => SiloRows.IsSilo(row) && IsDefunct(SiloRows.SiloOf(row), beforeDate.UtcDateTime),
            cancellationToken
        );

    private static string FilterOf(string cluster) => TableClient.CreateQueryFilter($"PartitionKey eq {cluster}");

    private static bool IsDefunct(MembershipEntry silo, DateTime before) =>
        silo.Status == SiloStatus.Dead && silo.IAmAliveTime < before && silo.StartTime < before;

    private TableTransactionAction VersionAction(TableVersion version) =>
        new(
            TableTransactionActionType.UpdateReplace,
            SiloRows.OfVersion(_cluster, version.Version),
            new(version.VersionEtag)
        );

    // Whether it was done; when not, a row is there, is not, or is another one.
    private async Task<bool> TryAsync(
        IReadOnlyList<TableTransactionAction> actions,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await Table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception)
            when (exception.Status is 404 or 409 or 412 && exception.ErrorCode != TableErrorCode.TableNotFound)
        {
            return false;
        }
    }

    // Asks for a silo that is none: the version comes alone.
    private async Task<bool> IsCurrentAsync(TableVersion version, CancellationToken cancellationToken) =>
        (await ReadRowAsync(SiloAddress.Zero, cancellationToken)).Version.VersionEtag == version.VersionEtag;

    private async Task<(List<TableEntity> Rows, int Pages)> ReadAsync(
        string filter,
        CancellationToken cancellationToken
    )
    {
        var (rows, pages) = (new List<TableEntity>(), 0);
        await foreach (
            var page in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages()
        )
        {
            rows.AddRange(page.Values);
            pages++;
        }

        return (rows, pages);
    }

    private MembershipTableData DataOf(List<TableEntity> rows)
    {
        var version =
            rows.Find(row => row.RowKey == SiloRows.Version)
            ?? throw new InvalidOperationException(
                $"Table {SiloRows.Table} has no version of cluster '{_cluster}'. It was deleted while silos run: restart them."
            );
        var etag = version.ETag.ToString();
        return new(
            [.. rows.Where(SiloRows.IsSilo).Select(row => Tuple.Create(SiloRows.SiloOf(row), etag))],
            new(SiloRows.VersionOf(version), etag)
        );
    }

    private async Task DeleteAsync(string cluster, Func<TableEntity, bool> isMeant, CancellationToken cancellationToken)
    {
        var (rows, _) = await ReadAsync(FilterOf(cluster), cancellationToken);
        foreach (var chunk in rows.Where(isMeant).Chunk(MaxTransactionRows))
        {
            await TryAsync(
                [.. chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag))],
                cancellationToken
            );
        }
    }
}
