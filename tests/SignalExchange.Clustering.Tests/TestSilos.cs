using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Clustering;

namespace SignalExchange.Clustering.Tests;

/// <summary>Silos in this process that talk by real connections, and share a membership table that the test can make fail.</summary>
internal sealed class TestSilos(Action<ISiloBuilder> configure) : IAsyncDisposable
{
    private readonly List<IHost> _silos = [];

    public SharedMembershipTable Table { get; } = new();

    public IReadOnlyList<IHost> All => _silos;

    public async Task<IHost> Start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort.Find(), gatewayPort: 0);
            silo.Services.AddSingleton<IMembershipTable>(Table);
            configure(silo);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        _silos.Add(host);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.StopAsync();
            silo.Dispose();
        }
    }
}
