using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Certificates;
using SignalExchange.TestKit.Clustering;

namespace SignalExchange.Silo.Tests.Security.Silos;

/// <summary>Who may speak to a silo as a silo: those whom the cluster's authority named, and nobody else. Real sockets.</summary>
[Trait(Speed.Name, Speed.Slow)]
public sealed class SiloTlsTests : IAsyncLifetime
{
    private const string Cluster = "signalexchange";

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-silos-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly SharedMembershipTable _table = new();
    private readonly List<SecuredSilo> _silos = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Silos_of_one_authority_form_a_cluster()
    {
        using var first = _authority.ForSilo(Cluster);
        using var second = _authority.ForSilo(Cluster);

        var silos = new[] { await Start(first), await Start(second) };

        await Eventually.TrueAsync(() => Array.TrueForAll(silos, it => it.Active.Count == 2), "two active silos");
    }

    [Fact]
    public async Task A_silo_without_tls_cannot_join_one_with()
    {
        using var certificate = _authority.ForSilo(Cluster);
        var sound = await Start(certificate);
        var plain = Add(new SecuredSilo(_table, files: null));

        await Assert.ThrowsAnyAsync<Exception>(() => plain.Start(Ct));

        Assert.Single(sound.Active);
    }

    [Fact]
    public async Task A_silo_of_another_authority_cannot_join()
    {
        using var elsewhere = new TestAuthority();
        using var certificate = _authority.ForSilo(Cluster);
        using var other = elsewhere.ForSilo(Cluster);
        var sound = await Start(certificate);
        // It believes both authorities, so that only the other side is there to refuse.
        var files = Files(other);
        await File.WriteAllTextAsync(files.AuthoritiesFile, elsewhere.RootPem + "\n" + _authority.RootPem, Ct);
        var stranger = Add(new SecuredSilo(_table, files));

        await Assert.ThrowsAnyAsync<Exception>(() => stranger.Start(Ct));

        Assert.Single(sound.Active);
    }

    [Fact]
    public async Task Connections_in_clear_and_without_a_certificate_are_ended()
    {
        using var certificate = _authority.ForSilo(Cluster);
        var silo = await Start(certificate);

        Assert.True(await Stranger.IsRefusedInClear(silo.EndPoint, Ct));
        Assert.True(await Stranger.IsRefused(silo.EndPoint, null, Ct));
    }

    [Fact]
    public async Task Every_wrong_certificate_is_refused_and_a_right_one_is_not()
    {
        using var elsewhere = new TestAuthority();
        using var certificate = _authority.ForSilo(Cluster);
        var silo = await Start(certificate);
        X509Certificate2[] wrong =
        [
            elsewhere.ForSilo(Cluster),
            _authority.ForSilo("another-cluster"),
            _authority.ForMember(Cluster),
            _authority.ForServer(),
            _authority.ForSilo(Cluster, until: Now.AddMinutes(-1)),
            _authority.ForSilo(Cluster, isForClients: false),
        ];

        foreach (var (place, one) in wrong.Index())
        {
            Assert.True(await Stranger.IsRefused(silo.EndPoint, one, Ct));
            Assert.Equal(place + 1, silo.Refusals.Count);
            one.Dispose();
        }

        // It is given up only for what it does not say after the handshake.
        await Stranger.IsRefused(silo.EndPoint, certificate, Ct);
        Assert.Equal(wrong.Length, silo.Refusals.Count);
    }

    [Fact]
    public async Task A_silo_tells_nothing_to_a_port_whose_certificate_is_not_the_clusters()
    {
        using var elsewhere = new TestAuthority();
        using var certificate = _authority.ForSilo(Cluster);
        using var foreign = elsewhere.ForSilo(Cluster);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Pretend((IPEndPoint)listener.LocalEndpoint);
        var silo = Add(new SecuredSilo(_table, Files(certificate)));
        var joining = silo.Start(Ct);

        Assert.True(await Stranger.IsRefusedAsServer(listener, foreign, Ct));

        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => joining);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // A row of the membership table for a silo that somebody else pretends to be.
    private async Task Pretend(IPEndPoint endpoint)
    {
        var version = (await _table.ReadAll()).Version.Next();
        await _table.InsertRow(
            new MembershipEntry
            {
                SiloAddress = SiloAddress.New(endpoint, 1),
                Status = SiloStatus.Active,
                SiloName = "pretender",
                HostName = "localhost",
                StartTime = Now.UtcDateTime,
                IAmAliveTime = Now.UtcDateTime,
            },
            version
        );
    }

    private SiloCertificateFiles Files(X509Certificate2 certificate) =>
        new(Path.Combine(_folder, $"silo-{_silos.Count}"), certificate, _authority);

    private SecuredSilo Add(SecuredSilo silo)
    {
        _silos.Add(silo);
        return silo;
    }

    private async Task<SecuredSilo> Start(X509Certificate2 certificate)
    {
        var silo = Add(new SecuredSilo(_table, Files(certificate)));
        await silo.Start(Ct);
        return silo;
    }
}
