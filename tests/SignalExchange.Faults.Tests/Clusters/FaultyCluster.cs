using System.Globalization;
using SignalExchange.Faults.Tests.Load;
using SignalExchange.Faults.Tests.Network;
using SignalExchange.TestKit.Certificates;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>
/// Three silos, a process each, over one PostgreSQL of their own, TLS between them; everything that they say to each other and to the
/// database passes a proxy that can lose it.
/// </summary>
public sealed class FaultyCluster : IAsyncLifetime
{
    internal const int Silos = 3;

    private static readonly string[] Members = ["north", "east", "south"];

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-faults-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<TcpProxy> _proxies = [];
    private readonly List<Platform> _platforms = [];
    private PostgresServer? _database;

    internal Mesh Mesh { get; } = new(Silos);

    /// <summary>Gets the way of each silo to the database.</summary>
    internal IReadOnlyList<Link> DatabaseLinks { get; } =
    [.. Enumerable.Range(0, Silos).Select(_ => new Link(new(), new()))];

    internal IReadOnlyList<SiloAddresses> Addresses { get; } =
    [.. Enumerable.Range(0, Silos).Select(_ => new SiloAddresses())];

    internal IReadOnlyList<SiloProcess> Processes => _silos;

    internal IReadOnlyList<Platform> Platforms => _platforms;

    internal PostgresServer Database => _database!;

    internal AccessLogWitness AccessLogs { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresServer.StartNewAsync(Ct);
        await _database.CreateDatabaseAsync("exchange", Ct);
        for (var silo = 0; silo < Silos; silo++)
        {
            _silos.Add(Make(silo));
        }

        using var consortium = new Platform("consortium", Addresses);
        await BootstrapAsync(consortium);
        await Task.WhenAll(_silos.Select(silo => silo.StartAsync(Ct)));
        await UntilReadyAsync();
        foreach (var member in Members)
        {
            var platform = new Platform(member, Addresses);
            await consortium.At(0).Members.AddAsync(platform.Id, [], platform.PublicKey, cancellationToken: Ct);
            _platforms.Add(platform);
        }
    }

    /// <summary>Waits until every silo runs, started again where it ended, and says that it is ready.</summary>
    internal async Task UntilReadyAsync()
    {
        foreach (var silo in _silos.Where(silo => !silo.IsRunning))
        {
            await silo.StartAsync(Ct);
        }

        await Task.WhenAll(_silos.Select(silo => silo.UntilReadyAsync(Ct)));
    }

    /// <summary>Returns the path of a file that goes with the cluster.</summary>
    internal string FileNamed(string name) => Path.Combine(_folder, name);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        _platforms.ForEach(platform => platform.Dispose());
        AccessLogs.Dispose();
        _authority.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private SiloProcess Make(int silo)
    {
        var addresses = Addresses[silo];
        var peers = Add(new TcpProxy(addresses.SiloPort, port => LinkTo(silo, port)));
        var database = Add(new TcpProxy(Database.Port, _ => DatabaseLinks[silo]));
        using var certificate = _authority.ForSilo("signalexchange");
        var files = new SiloCertificateFiles(Path.Combine(_folder, $"tls-{silo}"), certificate, _authority);
        string[] settings =
        [
            .. files.Settings.SelectMany(setting => new[] { "--" + setting.Key, setting.Value! }),
            "--Exchange:DataDirectory",
            FileNamed($"silo-{silo}"),
            "--Exchange:Listen",
            addresses.Members.ToString(),
            "--Exchange:ListenTiles",
            addresses.Tiles.ToString(),
            "--Exchange:ListenMetrics",
            addresses.Health.ToString(),
            "--Exchange:SiloPort",
            peers.Port.ToString(CultureInfo.InvariantCulture),
            "--Exchange:Cluster:Listen",
            $"127.0.0.1:{addresses.SiloPort}",
            "--Exchange:AccessLog:Log",
            LogName(silo),
            "--Exchange:Keys:Folder",
            FileNamed("keys"),
            "--Exchange:Storage:Engine",
            "Postgres",
            "--Exchange:Storage:Postgres:ConnectionString",
            Database
                .ConnectionString("exchange")
                .Replace($"Port={Database.Port}", $"Port={database.Port}", StringComparison.Ordinal),
            "--Exchange:Quotas:EvaluationsPerDay",
            "1000000",
        ];
        return new($"silo-{silo}", _folder, addresses.Health, settings);
    }

    private async Task BootstrapAsync(Platform consortium)
    {
        var file = Path.Combine(_folder, "operator.pub.pem");
        await File.WriteAllTextAsync(file, consortium.PublicKeyPem, Ct);
        await _silos[0].RunAsync(Ct, "bootstrap", "--public-key", file);
    }

    private Link? LinkTo(int silo, int port)
    {
        var from = ConnectionOwner.Find(port, _proxies[2 * silo].Port, [.. _silos.Select(it => it.Id)]);
        return from < 0 ? null : Mesh.Between(from, silo);
    }

    private TcpProxy Add(TcpProxy proxy)
    {
        proxy.Start();
        _proxies.Add(proxy);
        return proxy;
    }

    internal static string LogName(int silo) => $"silo-{silo}";
}
