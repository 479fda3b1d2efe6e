using SignalExchange.TestKit.Clusters;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Cluster.Tests.Silos;

/// <summary>Three silos as processes on one PostgreSQL server, for all tests that need them.</summary>
public sealed class ThreeSilos : IAsyncLifetime
{
    private PostgresServer? _server;
    private SiloCluster? _cluster;

    public SiloCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _server = await PostgresServer.StartNewAsync(cancellationToken);
        await _server.CreateDatabaseAsync("exchange", cancellationToken);
        _cluster = await SiloCluster.StartAsync(3, _server.ConnectionString("exchange"), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
