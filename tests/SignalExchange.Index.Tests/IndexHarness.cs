using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Index.Templates;
using SignalExchange.Index.Tests.Templates;
using SignalExchange.Storage;
using SignalExchange.Storage.Snapshots;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Index.Tests;

/// <summary>The index as a silo registers it, on a store in memory, with a clock that the test moves.</summary>
internal sealed class IndexHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SiloLifecycleSubject _lifecycle = new(NullLogger<SiloLifecycleSubject>.Instance);

    public IndexHarness()
        : this(TestRows.Shards) { }

    public IndexHarness(ShardMap shards)
        : this(new InMemoryShardStore(shards)) { }

    public IndexHarness(
        IShardStore store,
        ISnapshotStore? snapshots = null,
        byte[]? key = null,
        Action<TemplateOptions>? configure = null
    )
    {
        var services = new ServiceCollection();
        services.Configure(configure ?? (_ => { }));
        if (snapshots is not null)
        {
            services.AddSingleton(snapshots).AddIndexSnapshots(_ => key ?? new byte[32]);
        }

        _services = services
            .AddLogging(logging => logging.AddProvider(Logs))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(store)
            .AddSingleton<ITemplateChangeReader, TestTemplateReader>()
            .AddLocalIndex()
            .BuildServiceProvider(validateScopes: true);
        _services
            .GetServices<ILifecycleParticipant<ISiloLifecycle>>()
            .ToList()
            .ForEach(it => it.Participate(_lifecycle));
    }

    /// <summary>What was logged.</summary>
    public CollectedLogs Logs { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public InMemoryShardStore Store => (InMemoryShardStore)Get<IShardStore>();

    public LocalIndex Index => Get<LocalIndex>();

    public ICommitObserver Feed => Assert.Single(_services.GetServices<ICommitObserver>());

    public IndexStartup Startup => Get<IndexStartup>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public T GetHosted<T>() => Assert.Single(_services.GetServices<IHostedService>().OfType<T>());

    /// <summary>Runs the silo's stages up to the last, then its hosted services.</summary>
    public async Task<IndexHarness> StartAsync()
    {
        await StartLifecycleAsync(TestContext.Current.CancellationToken);
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        return this;
    }

    /// <summary>Stops as a silo does that is asked to: the hosted services, then the stages.</summary>
    public async Task StopAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(TestContext.Current.CancellationToken);
        }

        await _lifecycle.OnStop(TestContext.Current.CancellationToken);
    }

    public Task StartLifecycleAsync(CancellationToken cancellationToken) => _lifecycle.OnStart(cancellationToken);

    /// <summary>Lets time pass, a second at a time, until something has happened.</summary>
    public Task PassTimeUntilAsync(Func<bool> condition, string what) =>
        Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return condition();
            },
            what
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(TestContext.Current.CancellationToken);
        }

        await _services.DisposeAsync();
    }
}
