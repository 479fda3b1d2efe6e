using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Storage.Azure;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Membership;

namespace SignalExchange.Membership.Azure.Tests;

/// <summary>Orleans' membership in an Azure table. The tests share it, one after the other, and each leaves it empty.</summary>
public sealed class MembershipTests(AzuriteFixture azurite) : MembershipTableConformance
{
    private readonly AzureConnections _connections = AzuriteConnections.To(azurite.Azurite);
    private readonly HashSet<string> _clusters = [];

    protected override Task<IMembershipTable> CreateAsync(string clusterId)
    {
        _clusters.Add(clusterId);
        return Task.FromResult<IMembershipTable>(TableOf(clusterId));
    }

    protected override async ValueTask RemoveAsync()
    {
        foreach (var cluster in _clusters)
        {
            await TableOf(cluster).DeleteMembershipTableEntriesAsync(cluster, CancellationToken.None);
        }

        _connections.Dispose();
    }

    [Fact]
    public async Task Gateways_are_the_active_silos_that_have_one()
    {
        await InsertAsync(Silo(1, status: SiloStatus.Active));
        await InsertAsync(Silo(2, status: SiloStatus.Dead));
        var none = Silo(3, status: SiloStatus.Active);
        none.ProxyPort = 0;
        await InsertAsync(none);
        var gateways = new AzureGatewayList(
            _connections,
            Options.Create(new ClusterOptions { ClusterId = "cluster" }),
            Options.Create(new GatewayOptions())
        );
        await gateways.InitializeGatewayListProvider();

        Assert.Equal("gwy.tcp://127.0.0.1:12001/1", Assert.Single(await gateways.GetGateways()).ToString());
    }

    [Fact]
    public async Task Update_with_the_etag_of_another_reading_writes_nothing()
    {
        var table = TableOf("cluster");
        await InsertAsync(Silo(1));
        var old = await table.ReadAllAsync(Cancellation);
        await InsertAsync(Silo(2));
        var version = (await table.ReadAllAsync(Cancellation)).Version;

        Assert.False(await table.UpdateRowAsync(Silo(1), old.Members[0].Item2, version.Next(), Cancellation));

        Assert.Equal(2, (await table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task More_silos_than_a_page_holds_are_read_as_they_were_at_one_moment()
    {
        var table = TableOf("crowd");
        _clusters.Add("crowd");
        await table.InitializeMembershipTableAsync(true, Cancellation);
        await CrowdAsync(1_050);

        var read = await table.ReadAllAsync(Cancellation);

        Assert.Equal(1_050, read.Members.Count);
        Assert.Equal(0, read.Version.Version);
    }

    // Past the membership, whose every insert moves the version: a hundred rows a transaction.
    private async Task CrowdAsync(int silos)
    {
        foreach (var numbers in Enumerable.Range(1, silos).Chunk(100))
        {
            await _connections
                .Tables.GetTableClient(SiloRows.Table)
                .SubmitTransactionAsync(
                    numbers.Select(number => new TableTransactionAction(
                        TableTransactionActionType.Add,
                        SiloRows.Of("crowd", Silo(number))
                    )),
                    Cancellation
                );
        }
    }

    private AzureMembershipTable TableOf(string clusterId) =>
        new(_connections, Options.Create(new ClusterOptions { ClusterId = clusterId }));
}
