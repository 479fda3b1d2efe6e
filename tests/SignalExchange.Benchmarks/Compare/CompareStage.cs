using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Peers;
using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>Where a part sets up its processes; they end with it. Folders are new, in the temporary folder of the system.</summary>
internal sealed class CompareStage(CompareScale scale) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-compare-").FullName;
    private readonly List<ChildProcess> _children = [];
    private int _folders;

    /// <summary>Gets how much is done.</summary>
    public CompareScale Scale => scale;

    /// <summary>Gets the member's key; made when it is first asked for.</summary>
    public string KeyFile
    {
        get
        {
            var file = Path.Combine(_folder, "member.key.pem");
            if (!File.Exists(file))
            {
                BenchMember.MakeKey(file);
            }

            return file;
        }
    }

    /// <summary>Gets which key tokens and submissions name; known once an exchange has started.</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>Returns the path of a folder that is not there yet.</summary>
    public string NewFolder() => Path.Combine(_folder, $"{Interlocked.Increment(ref _folders)}");

    /// <summary>Starts an exchange in a new folder.</summary>
    /// <param name="known">How many indicators it holds.</param>
    /// <param name="indexOnly">How many more its index holds.</param>
    public Task<StagedServer> StartExchange(int known = 0, int indexOnly = 0) =>
        StartExchange(new(NewFolder(), KeyFile, known, indexOnly));

    /// <summary>Starts an exchange.</summary>
    public async Task<StagedServer> StartExchange(ExchangeSettings settings)
    {
        var server = Start(ChildRoles.Exchange, settings, isServer: true);
        var ready = await server.Read<ServerReady>();
        KeyId = ready.KeyId;
        return new(server, ready.Address);
    }

    /// <summary>Starts a peer.</summary>
    public async Task<StagedServer> StartPeer(PeerKind kind)
    {
        var settings = new PeerSettings(kind, KeyFile, NewFolder(), scale.Known);
        var server = Start(ChildRoles.Peer, settings, isServer: true);
        return new(server, (await server.Read<ServerReady>()).Address);
    }

    /// <summary>Starts callers, and returns them as a side of a contest.</summary>
    /// <param name="name">Its name in messages.</param>
    /// <param name="settings">Who calls whom with what.</param>
    /// <param name="batches">How many batches a turn, where they are made before; null for what the scale says.</param>
    public async Task<Contestant> StartLoad(string name, LoadSettings settings, int? batches = null)
    {
        var load = Start(ChildRoles.Load, settings, isServer: false);
        await load.Read<string>();
        return new(name, () => load.Ask<LoadResult>(new LoadOrder(scale.Seconds, batches ?? scale.SubmitBatches)));
    }

    /// <summary>Starts a child.</summary>
    public ChildProcess Start(string role, object settings, bool isServer) =>
        Keep(ChildProcess.Start(role, settings, isServer));

    /// <summary>Lets a child end with the part.</summary>
    public ChildProcess Keep(ChildProcess child)
    {
        _children.Add(child);
        return child;
    }

    /// <summary>Ends the children; those that call before those that are called.</summary>
    public async Task Clear()
    {
        foreach (var child in Enumerable.Reverse(_children))
        {
            await child.DisposeAsync();
        }

        _children.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Clear();
        Directory.Delete(_folder, recursive: true);
    }
}
