using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit.Certificates;
using SignalExchange.TestKit.Clustering;

namespace SignalExchange.Silo.Tests.Security.Silos;

/// <summary>A bare silo with the exchange's own identity and TLS, on real sockets; it shares a membership table with others.</summary>
internal sealed class SecuredSilo : IAsyncDisposable
{
    private readonly IHost _host;

    public SecuredSilo(SharedMembershipTable table, SiloCertificateFiles? files)
    {
        Port = FreePort.Find();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(Refusals);
        builder.Configuration.AddInMemoryCollection(files?.Settings ?? []);
        builder.Configuration["Exchange:SiloPort"] = Port.ToString(CultureInfo.InvariantCulture);
        builder.Services.AddOptions<ExchangeOptions>().BindConfiguration(ExchangeOptions.Section);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSiloIdentity();
        builder.UseOrleans(silo =>
        {
            silo.Services.AddSingleton<IMembershipTable>(table);
            silo.Configure<ClusterMembershipOptions>(it => it.MaxJoinAttemptTime = TimeSpan.FromSeconds(4));
        });
        _host = builder.Build();
    }

    public RefusalCounter Refusals { get; } = new();

    public int Port { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    public IReadOnlyCollection<SiloAddress> Active =>
        [
            .. _host
                .Services.GetRequiredService<IClusterMembershipService>()
                .CurrentSnapshot.Members.Values.Where(it => it.Status == SiloStatus.Active)
                .Select(it => it.SiloAddress),
        ];

    public Task Start(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
    }
}
