using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Quotas;
using SignalExchange.Storage;
using SignalExchange.Storage.Sqlite;

namespace SignalExchange.Grains.Tests.Quotas;

/// <summary>A silo in this process over a real database that can be made to refuse writes; the quotas' clock is the test's.</summary>
internal sealed class QuotaFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-").FullName;
    private readonly Action<QuotaOptions> _configure;
    private SqliteExchangeStore? _database;
    private InProcessTestCluster? _cluster;

    private QuotaFixture(Action<QuotaOptions> configure) => _configure = configure;

    public ShiftedClock Clock { get; } = new();

    /// <summary>Gets or sets whether the storage refuses to write, as on a full disk.</summary>
    public bool IsFull { get; set; }

    public CollectedLog Log { get; } = new();

    public Dictionary<string, QuotaLimits> Limits { get; } = new(StringComparer.Ordinal);

    public Policy Policy { get; } = new();

    public static async Task<QuotaFixture> Start(Action<QuotaOptions>? configure = null)
    {
        var fixture = new QuotaFixture(configure ?? (_ => { }));
        await fixture.Deploy();
        return fixture;
    }

    public IQuotaGrain Quotas(string member) => _cluster!.Client.GetGrain<IQuotaGrain>(member);

    /// <summary>Ends the silo and begins with another on what was written.</summary>
    public async Task Restart()
    {
        await _cluster!.DisposeAsync();
        await _database!.DisposeAsync();
        await Deploy();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await _database!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Deploy()
    {
        var options = new SqliteStorageOptions { DataDirectory = _folder };
        _database = new(Options.Create(options), NullLogger<SqliteExchangeStore>.Instance);
        await _database.OpenAsync(TestContext.Current.CancellationToken);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddSingleton<TimeProvider>(Clock);
                silo.Services.AddSingleton<IShardStore>(_database);
                silo.Services.AddSingleton<IGrainStateStore>(new FullStateStore(_database, () => IsFull));
                silo.Services.Configure(_configure);
                silo.Services.AddSingleton<IMemberStanding>(new Standing(this));
                silo.AddExchangeGrains();
                silo.Services.AddSingleton<ILoggerProvider>(Log);
            }
        );
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private sealed class Standing(QuotaFixture fixture) : IMemberStanding
    {
        public Policy Policy => fixture.Policy;

        public bool HasWithdrawn(string memberId) => false;

        public QuotaLimits LimitsOf(string memberId) => fixture.Limits.GetValueOrDefault(memberId, new());
    }
}
