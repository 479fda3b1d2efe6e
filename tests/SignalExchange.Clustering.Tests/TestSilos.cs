using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalExchange.TestKit.Clustering;

namespace SignalExchange.Clustering.Tests;

/// <summary>Silos in this process that talk by real connections, and share a membership table that the test can make fail.</summary>
internal sealed class TestSilos(Action<int, ISiloBuilder> configure) : IAsyncDisposable
{
    private readonly List<IHost> _silos = [];

    public SharedMembershipTable Table { get; } = new();

    public IReadOnlyList<IHost> All => _silos;

    public async Task<IHost> Start()
    {
        var number = _silos.Count;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), gatewayPort: 0);
            silo.Services.AddSingleton<IMembershipTable>(Table);
            configure(number, silo);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        _silos.Add(host);
        return host;
    }

    /// <summary>Ends a silo without a goodbye.</summary>
    public async Task Kill(IHost silo)
    {
        _silos.Remove(silo);
        Table.IgnoresUpdates = true;
        await silo.StopAsync(new CancellationToken(canceled: true));
        silo.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.StopAsync();
            silo.Dispose();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
