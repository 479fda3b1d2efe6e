using SignalExchange.Contracts;

namespace SignalExchange.TestKit.Clusters;

/// <summary>Several silos as processes of their own: one database, one folder of keys, one operator, a data folder and an access log each.</summary>
public sealed class SiloCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-cluster-").FullName;
    private readonly List<ClusterMember> _members = [];
    private readonly SiloNode[] _silos;

    private SiloCluster(int count, string database, string[] settings)
    {
        string[] all =
        [
            "--Exchange:Storage:Engine",
            "Postgres",
            "--Exchange:Storage:Postgres:ConnectionString",
            database,
            "--Exchange:Keys:Folder",
            Path.Combine(_folder, "keys"),
            .. settings,
        ];
        _silos = [.. Enumerable.Range(0, count).Select(number => new SiloNode(number, _folder, all))];
        Operator = NewMember(MemberId.Consortium);
    }

    /// <summary>Gets the silos.</summary>
    public IReadOnlyList<SiloNode> Silos => _silos;

    /// <summary>Gets the operator who was enrolled by the server's own command.</summary>
    public ClusterMember Operator { get; }

    /// <summary>Enrols the operator and starts the silos; returns when all are ready.</summary>
    /// <param name="count">How many.</param>
    /// <param name="database">How to connect to an empty PostgreSQL database.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="settings">Further settings of all of them, as on the command line.</param>
    public static async Task<SiloCluster> StartAsync(
        int count,
        string database,
        CancellationToken cancellationToken,
        params string[] settings
    )
    {
        var cluster = new SiloCluster(count, database, settings);
        try
        {
            await cluster.StartAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.StopAllAsync();
            throw;
        }
    }

    /// <summary>Adds a member, by the first silo; returns when all know it.</summary>
    public async Task<ClusterMember> AddMemberAsync(string id, CancellationToken cancellationToken)
    {
        var member = NewMember(new(id));
        await Operator.At(0).Members.AddAsync(member.Id, [], member.PublicKey, cancellationToken: cancellationToken);
        await member.UntilKnownAsync(cancellationToken);
        return member;
    }

    /// <summary>Kills what still runs, and takes the folder away.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAllAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "operator.pub.pem");
        await File.WriteAllTextAsync(file, Operator.PublicKeyPem, cancellationToken);
        await _silos[0].RunAsync(cancellationToken, "bootstrap", "--public-key", file);
        await Task.WhenAll(_silos.Select(silo => silo.StartAsync(cancellationToken)));
    }

    private async Task StopAllAsync()
    {
        _members.ForEach(member => member.Dispose());
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    private ClusterMember NewMember(MemberId id)
    {
        var member = new ClusterMember(id, _silos.Select(silo => silo.Address));
        _members.Add(member);
        return member;
    }
}
