using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using SignalExchange.Contracts;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests;

public sealed class IndexStartupTests
{
    [Fact]
    public async Task Index_holds_every_shard_when_the_silo_has_started()
    {
        await using var harness = new IndexHarness(new ShardMap(16));
        var tokens = await FillAsync(harness.Store, count: 1_000);
        Assert.False(harness.Startup.IsReady);
        Assert.All(harness.Store.Shards.All, shard => Assert.False(harness.Index.IsCurrent(shard)));

        await harness.StartLifecycleAsync(TestContext.Current.CancellationToken);

        Assert.True(harness.Startup.IsReady);
        Assert.Equal(tokens.Count, harness.Index.Count);
        Assert.All(tokens, token => Assert.True(harness.Index.TryFind(token, out _)));
        Assert.All(harness.Store.Shards.All, shard => Assert.True(harness.Index.IsCurrent(shard)));
    }

    [Fact]
    public async Task Real_silo_builds_the_index_before_it_joins_and_completes_it_after()
    {
        var store = new InMemoryShardStore(new ShardMap(16));
        var tokens = await FillAsync(store, count: 100);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.Services.AddSingleton<IShardStore>(store);
                silo.AddLocalIndex();
            }
        );
        await using var cluster = builder.Build();
        await cluster.DeployAsync(TestContext.Current.CancellationToken);

        var services = cluster.GetSiloServiceProvider();

        Assert.True(services.GetRequiredService<IndexStartup>().IsReady);
        Assert.Equal(tokens.Count, services.GetRequiredService<LocalIndex>().Count);
    }

    [Fact]
    public void Index_is_built_before_the_stage_that_writes_the_membership_row()
    {
        Assert.InRange(IndexStartup.BuildStage, ServiceLifecycleStage.RuntimeGrainServices + 1, 8_099);
        Assert.True(IndexStartup.ReadyStage > ServiceLifecycleStage.Active);
    }

    [Fact]
    public async Task Silo_does_not_start_when_a_log_cannot_be_read()
    {
        await using var harness = new IndexHarness();
        harness.Store.Failure = new StorageUnavailableException();

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            harness.StartLifecycleAsync(TestContext.Current.CancellationToken)
        );

        Assert.False(harness.Startup.IsReady);
    }

    [Fact]
    public async Task Silo_does_not_start_on_a_log_with_a_hole()
    {
        await using var harness = new IndexHarness();
        var holed = TestRows.Row(5, 10);
        Assert.Equal(
            CommitOutcome.Committed,
            await harness.Store.CommitAsync(new(0, holed, []), TestContext.Current.CancellationToken)
        );

        await Assert.ThrowsAsync<StorageFormatException>(() =>
            harness.StartLifecycleAsync(TestContext.Current.CancellationToken)
        );

        Assert.False(harness.Startup.IsReady);
    }

    [Fact]
    public async Task Start_that_is_called_off_ends_in_the_middle_of_a_log()
    {
        var store = new StuckShardStore(TestRows.Shards);
        await using var harness = new IndexHarness(store);
        using var operatorStops = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        var start = harness.StartLifecycleAsync(operatorStops.Token);
        await store.Reading;

        await operatorStops.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.False(harness.Startup.IsReady);
    }

    private static async Task<IReadOnlyList<Token>> FillAsync(InMemoryShardStore store, int count)
    {
        var tokens = Enumerable.Range(0, count).Select(_ => TestTokens.Random()).ToList();
        foreach (var token in tokens)
        {
            await store.AppendAsync(store.Shards.ShardOf(token), TestRows.Change(token, 1));
        }

        return tokens;
    }
}
