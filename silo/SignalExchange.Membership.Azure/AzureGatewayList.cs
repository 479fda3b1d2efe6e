using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using SignalExchange.Storage.Azure;

namespace SignalExchange.Membership.Azure;

/// <summary>The silos that take clients: those that are active and have a gateway.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class AzureGatewayList(
    AzureConnections connections,
    IOptions<ClusterOptions> cluster,
    IOptions<GatewayOptions> gateways
) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => gateways.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => InitializeGatewayListProviderAsync(CancellationToken.None);

    public Task InitializeGatewayListProviderAsync(CancellationToken cancellationToken = default) =>
        connections.Tables.CreateTableIfNotExistsAsync(SiloRows.Table, cancellationToken);

    public Task<IList<Uri>> GetGateways() => GetGatewaysAsync(CancellationToken.None);

    public async Task<IList<Uri>> GetGatewaysAsync(CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {cluster.Value.ClusterId} and Status eq {nameof(SiloStatus.Active)} and ProxyPort ne {"0"}"
        );
        var found = new List<Uri>();
        var table = connections.Tables.GetTableClient(SiloRows.Table);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            found.Add(SiloRows.GatewayOf(row).ToGatewayUri());
        }

        return found;
    }
}
