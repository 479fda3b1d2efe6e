using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Shards;
using SignalExchange.Storage;
using SignalExchange.Storage.Sqlite;

namespace SignalExchange.Grains.Tests.Shards;

/// <summary>A silo in this process over a real database whose commits can be made to fail.</summary>
internal sealed class ShardFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-").FullName;
    private SqliteExchangeStore? _database;
    private InProcessTestCluster? _cluster;

    public FaultyShardStore Store { get; private set; } = null!;

    /// <summary>Gets or sets the members that have left with their signals.</summary>
    public IReadOnlySet<string> Withdrawn { get; set; } = new HashSet<string>();

    public IGrainFactory Grains => _cluster!.Client;

    /// <summary>Gets what the silo's meters were made for.</summary>
    public IMeterFactory Meters => _cluster!.GetSiloServiceProvider().GetRequiredService<IMeterFactory>();

    public static async Task<ShardFixture> Start(Action<ShardOptions>? configure = null, TimeProvider? clock = null)
    {
        var fixture = new ShardFixture();
        await fixture.Deploy(configure ?? (_ => { }), clock ?? TimeProvider.System);
        return fixture;
    }

    /// <summary>Reads a shard's whole log, without the faults.</summary>
    public async Task<List<LogRow>> ReadLog(Shard shard)
    {
        var rows = new List<LogRow>();
        await foreach (var row in _database!.ReadLogAsync(shard, 0, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Commits as another writer would who took the shard over.</summary>
    public Task CommitAsAnother(ShardCommit commit) =>
        _database!.CommitAsync(commit, TestContext.Current.CancellationToken);

    public ValueTask<IndicatorRow?> Read(Token token) =>
        _database!.ReadIndicatorAsync(token, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await _database!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Deploy(Action<ShardOptions> configure, TimeProvider clock)
    {
        var options = new SqliteStorageOptions { DataDirectory = _folder };
        _database = new(Options.Create(options), NullLogger<SqliteExchangeStore>.Instance);
        await _database.OpenAsync(TestContext.Current.CancellationToken);
        Store = new FaultyShardStore(_database);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddSingleton<IShardStore>(Store);
                silo.Services.AddSingleton<IGrainStateStore>(_database);
                silo.Services.Configure(configure);
                silo.Services.AddSingleton(clock);
                silo.Services.AddSingleton<IMemberStanding>(new Standing(this));
                silo.Services.AddSingleton(new Attributions(new byte[32]));
                silo.AddExchangeGrains();
            }
        );
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private sealed class Standing(ShardFixture fixture) : IMemberStanding
    {
        public Policy Policy { get; } = new();

        public bool HasWithdrawn(string memberId) => fixture.Withdrawn.Contains(memberId);

        public QuotaLimits LimitsOf(string memberId) => new();
    }
}
