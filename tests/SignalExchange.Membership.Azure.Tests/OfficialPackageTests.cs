using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Storage.Azure;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Membership.Azure.Tests;

/// <summary>Microsoft.Orleans.Clustering.AzureStorage itself, on the same rows: each reads and changes what the other wrote.</summary>
public sealed class OfficialPackageTests : IDisposable
{
    private static readonly DateTime Start = new(2026, 5, 4, 12, 0, 0, 7, DateTimeKind.Utc);

    private readonly string _cluster = AzuriteFixture.NewName();
    private readonly AzureConnections _connections;
    private readonly IHost _host;

    public OfficialPackageTests(AzuriteFixture azurite)
    {
        _connections = AzuriteConnections.To(azurite.Azurite);
        _host = new HostBuilder()
            .UseOrleans(silo =>
                silo.Configure<ClusterOptions>(it => (it.ClusterId, it.ServiceId) = (_cluster, _cluster))
                    .UseAzureStorageClustering(options => options.TableServiceClient = _connections.Tables)
            )
            .Build();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IMembershipTable Official => _host.Services.GetRequiredService<IMembershipTable>();

    private AzureMembershipTable Ours => new(_connections, Options.Create(new ClusterOptions { ClusterId = _cluster }));

    public void Dispose()
    {
        _host.Dispose();
        _connections.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_wrote_the_other_reads_and_changes(bool officialIsFirst)
    {
        var (first, second) = officialIsFirst ? (Official, (IMembershipTable)Ours) : (Ours, Official);
        Assert.NotEqual(first.GetType(), second.GetType());
        await first.InitializeMembershipTableAsync(true, Cancellation);
        await second.InitializeMembershipTableAsync(true, Cancellation);
        var silo = Silo();
        Assert.True(
            await first.InsertRowAsync(silo, (await first.ReadAllAsync(Cancellation)).Version.Next(), Cancellation)
        );

        var read = await second.ReadAllAsync(Cancellation);
        Assert.Equal(1, read.Version.Version);
        Assert.Equal(silo.ToFullString(), Assert.Single(read.Members).Item1.ToFullString());

        silo.Status = SiloStatus.Dead;
        silo.AddSuspector(SiloAddress.New(IPAddress.Parse("10.1.2.4"), 11_111, 8), Start);
        Assert.True(await second.UpdateRowAsync(silo, read.Members[0].Item2, read.Version.Next(), Cancellation));
        silo.IAmAliveTime = Start.AddMinutes(5);
        await second.UpdateIAmAliveAsync(silo, Cancellation);

        var changed = await first.ReadAllAsync(Cancellation);
        Assert.Equal(2, changed.Version.Version);
        Assert.Equal(silo.ToFullString(), Assert.Single(changed.Members).Item1.ToFullString());
    }

    private static MembershipEntry Silo() =>
        new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Parse("10.1.2.3"), 11_111, 7),
            HostName = "host",
            Status = SiloStatus.Active,
            ProxyPort = 30_000,
            RoleName = "role",
            SiloName = "silo",
            StartTime = Start,
            IAmAliveTime = Start,
        };
}
