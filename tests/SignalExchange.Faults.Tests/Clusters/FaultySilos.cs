using System.Collections.Concurrent;
using System.Globalization;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.Faults.Tests.Load;
using SignalExchange.Faults.Tests.Network;
using SignalExchange.Storage;
using SignalExchange.TestKit.Certificates;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>
/// Three silos, a process each, over a storage of their own, TLS between them; everything that they say to each other passes a proxy
/// that can lose it.
/// </summary>
public abstract class FaultySilos : IAsyncLifetime
{
    internal const int Silos = 3;

    private static readonly string[] Members = ["north", "east", "south"];

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-faults-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<TcpProxy> _peers = [];
    private readonly List<Platform> _platforms = [];
    private readonly ConcurrentQueue<string> _strangers = new();

    internal Mesh Mesh { get; } = new(Silos);

    /// <summary>Gets the connections to silos that none of the silos opened: no valve stood in their way.</summary>
    internal IReadOnlyCollection<string> Strangers => _strangers;

    /// <summary>Gets which shards there are.</summary>
    internal virtual ShardMap Shards { get; } = new();

    internal IReadOnlyList<SiloAddresses> Addresses { get; } =
    [.. Enumerable.Range(0, Silos).Select(_ => new SiloAddresses())];

    internal IReadOnlyList<SiloProcess> Processes => _silos;

    internal IReadOnlyList<Platform> Platforms => _platforms;

    internal AccessLogWitness AccessLogs { get; } = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StartStorageAsync();
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
            await consortium
                .At(0, isPatient: true)
                .Members.AddAsync(platform.Id, [], platform.PublicKey, cancellationToken: Ct);
            _platforms.Add(platform);
        }
    }

    /// <summary>Waits until every silo runs, started again where it ended, and says that it is ready.</summary>
    internal Task UntilReadyAsync() => Task.WhenAll(_silos.Select(UntilReadyAsync));

    private static async Task UntilReadyAsync(SiloProcess silo)
    {
        if (!silo.IsRunning)
        {
            await silo.StartAsync(Ct);
        }

        try
        {
            await silo.UntilReadyAsync(Ct);
        }
        catch (InvalidOperationException) when (silo.WasGivenUp)
        {
            // It heard of that only now. Whoever supervises it starts it again.
            await silo.StartAsync(Ct);
            await silo.UntilReadyAsync(Ct);
        }
    }

    /// <summary>Reads every shard's log from the storage, past the silos.</summary>
    internal abstract Task<IReadOnlyList<ShardRows>> ReadLogsAsync();

    /// <summary>Returns the path of a file that goes with the cluster.</summary>
    internal string FileNamed(string name) => Path.Combine(_folder, name);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        _platforms.ForEach(platform => platform.Dispose());
        AccessLogs.Dispose();
        _authority.Dispose();
        await DisposeStorageAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts what the silos share, empty.</summary>
    protected abstract Task StartStorageAsync();

    /// <summary>Returns what a silo is told of it.</summary>
    protected abstract IEnumerable<string> StorageSettings(int silo);

    /// <summary>Stops it.</summary>
    protected abstract ValueTask DisposeStorageAsync();

    private SiloProcess Make(int silo)
    {
        var addresses = Addresses[silo];
        var peers = new TcpProxy(addresses.SiloPort, port => LinkTo(silo, port));
        peers.Start();
        _peers.Add(peers);
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
            .. StorageSettings(silo),
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

    // Refuses who is no silo of these, and notes it: a partition that it gets round is none.
    private Link? LinkTo(int silo, int port)
    {
        var owner = ConnectionOwner.Find(port, _peers[silo].Port, [.. _silos.Select(it => it.Id)]);
        if (owner == ConnectionOwner.Stranger)
        {
            _strangers.Enqueue($"port {port} to silo {silo}");
        }

        return owner is { } from and >= 0 ? Mesh.Between(from, silo) : null;
    }

    internal static string LogName(int silo) => $"silo-{silo}";
}
