using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Membership;
using Orleans.Runtime.MembershipService;
using SignalExchange.TestKit.Membership;

namespace SignalExchange.Storage.Postgres.Tests.Orleans;

/// <summary>Orleans' membership on our tables, by its own provider and our queries.</summary>
public sealed class MembershipTests(CleanDatabases databases) : MembershipTableConformance
{
    private OrleansTables? _tables;

    protected override async Task<IMembershipTable> CreateAsync(string clusterId)
    {
        _tables ??= await OrleansTables.CreateAsync(databases, Cancellation);
        return new AdoNetClusteringTable(
            new ServiceCollection().BuildServiceProvider(),
            Options.Create(new ClusterOptions { ClusterId = clusterId }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = "Npgsql", DataSource = _tables.Source }),
            NullLogger<AdoNetClusteringTable>.Instance
        );
    }

    protected override ValueTask RemoveAsync() => _tables!.DisposeAsync();

    [Fact]
    public async Task Gateways_are_the_active_silos_that_have_one()
    {
        await InsertAsync(Silo(1, status: SiloStatus.Active));
        await InsertAsync(Silo(2, status: SiloStatus.Dead));
        var none = Silo(3, status: SiloStatus.Active);
        none.ProxyPort = 0;
        await InsertAsync(none);
        var gateways = new AdoNetGatewayListProvider(
            NullLogger<AdoNetGatewayListProvider>.Instance,
            new ServiceCollection().BuildServiceProvider(),
            Options.Create(new AdoNetClusteringClientOptions { Invariant = "Npgsql", DataSource = _tables!.Source }),
            Options.Create(new GatewayOptions()),
            Options.Create(new ClusterOptions { ClusterId = "cluster" })
        );
        await gateways.InitializeGatewayListProvider();

        Assert.Equal(12_001, Assert.Single(await gateways.GetGateways()).Port);
    }
}
