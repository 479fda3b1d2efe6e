using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using SignalExchange.Clustering;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Shards;
using SignalExchange.Index;
using SignalExchange.Storage;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Signals;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Grains.Tests.Placement;

/// <summary>Three silos in this process, with shards, indicators and the index, over one store in memory.</summary>
public sealed class PlacementFixture : IAsyncLifetime
{
    private const int Count = 3;

    private readonly InMemoryShardStore _memory = new(new ShardMap(64));
    private InProcessTestCluster? _cluster;

    public ShardMap Shards => _memory.Shards;

    public InMemoryShardStore Store => _memory;

    public InProcessTestCluster Cluster => _cluster!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(Count);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddSingleton<IShardStore>(new SharedShardStore(_memory));
                silo.Services.AddSingleton<IGrainStateStore, NoStates>();
                silo.Services.AddSingleton<IMemberStanding, Standing>();
                silo.Services.AddSingleton(new Attributions(new byte[32]));
                silo.Services.Configure<ShardOptions>(options => options.KeepInterval = TimeSpan.FromSeconds(1));
                silo.AddExchangeGrains();
                silo.AddLocalIndex();
                silo.AddClusterStanding();
                silo.AddIndexPropagation();
            }
        );
        _cluster = builder.Build();
        await _cluster.DeployAsync(Ct);
        await UntilSilosAgree(Count);
    }

    public async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();

    public T Get<T>(int silo)
        where T : notnull => _cluster!.GetSiloServiceProvider(_cluster.Silos[silo].SiloAddress).GetRequiredService<T>();

    /// <summary>Submits as a gateway on one silo does.</summary>
    public Task<SubmitResult> Submit(
        int silo,
        Token token,
        SignalStatement? statement = null,
        byte[]? id = null,
        long asOf = 0
    ) =>
        Indicator(silo, token)
            .Submit(
                new(
                    Callers.Of("a"),
                    id ?? RandomNumberGenerator.GetBytes(16),
                    IndicatorType.Email,
                    "email/1/0f3c5a7b9d1e2f40",
                    [1],
                    statement ?? Statements.Valid(TimeProvider.System.GetUtcNow()),
                    asOf
                ),
                Ct
            );

    internal IIndicatorGrain Indicator(int silo, Token token) =>
        Get<IGrainFactory>(silo).GetGrain<IIndicatorGrain>(token.ToKeyString());

    public Task UntilSilosAgree(int count) =>
        Until(
            () =>
                Enumerable
                    .Range(0, _cluster!.Silos.Count)
                    .All(silo =>
                        Get<ClusterView>(silo).Current.Active.Length == count && Get<ClusterStanding>(silo).Holds
                    ),
            $"{count} silos that agree"
        );

    public static Task Until(Func<bool> condition, string what) =>
        Eventually.TrueAsync(condition, what, TimeSpan.FromMilliseconds(20));

    private sealed class Standing : IMemberStanding
    {
        public Policy Policy { get; } = new();

        public bool HasWithdrawn(string memberId) => false;

        public QuotaLimits LimitsOf(string memberId) => new();
    }

    private sealed class NoStates : IGrainStateStore
    {
        public ValueTask<GrainStateRow?> ReadAsync(
            string stateName,
            string grainId,
            CancellationToken cancellationToken
        ) => new((GrainStateRow?)null);

        public Task<string> WriteAsync(
            string stateName,
            string grainId,
            ReadOnlyMemory<byte> payload,
            string? expectedETag,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task ClearAsync(
            string stateName,
            string grainId,
            string? expectedETag,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
