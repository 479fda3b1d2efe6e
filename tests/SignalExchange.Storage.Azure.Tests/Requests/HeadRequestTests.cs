using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Clustering;
using SignalExchange.Index;
using SignalExchange.Index.Freshness;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Requests;

/// <summary>What it costs to know where the shards stand: the requests that leave this process.</summary>
public sealed class HeadRequestTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly IndexOptions _options = new();
    private AzureStorageUnderTest _storage = null!;
    private int _requests;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task A_minute_costs_a_request_for_each_shard_while_the_writers_speak_and_every_round_one_when_they_do_not()
    {
        var store = await _storage.OpenStoreAsync(new Fault(Count));
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<IShardStore>(store)
            .AddLocalIndex()
            .BuildServiceProvider();
        var watch = services.GetServices<IHostedService>().OfType<IndexHeadWatch>().Single();
        var freshness = services.GetRequiredService<IndexFreshness>();
        var shards = store.Shards.Count;
        _requests = 0;

        await watch.LookAsync(Cancellation);
        Assert.Equal(shards, _requests); // nobody has said anything yet

        _requests = 0;
        for (var round = 0; round < _options.HeadSweepInterval / _options.HeadInterval; round++)
        {
            _time.Advance(_options.HeadInterval);
            foreach (var shard in store.Shards.All)
            {
                freshness.Heard(new(shard, 0), Moment.Now(_time));
            }

            await watch.LookAsync(Cancellation);
        }

        Assert.Equal(shards, _requests);
    }

    [Fact]
    public async Task Where_a_shard_stands_is_one_request()
    {
        var store = await _storage.OpenStoreAsync(new Fault(Count));
        var model = new ShardModel(store.Shards, new(3));
        await model.CommitAsync(store, model.Next(1), Cancellation);
        _requests = 0;

        Assert.Equal(model.Head, await store.ReadHeadAsync(model.Shard, Cancellation));

        Assert.Equal(1, _requests);
    }

    private ValueTask Count(HttpMessage message, Func<ValueTask> send)
    {
        Interlocked.Increment(ref _requests);
        return send();
    }
}
