using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.AccessLog.Tests;

/// <summary>A whole log on real files.</summary>
internal sealed class LogUnderTest : IAsyncDisposable
{
    public const string Name = "silo-1";
    public const string Origin = "exchange.example/log/silo-1";

    private readonly SqliteAccessLogStore _store;
    private readonly ServiceProvider _services;

    private LogUnderTest(string folder, LogSetup setup)
    {
        _store = new(
            Options.Create(new SqliteAccessLogOptions { Folder = folder, MaxDatabaseBytes = setup.MaxDatabaseBytes }),
            NullLogger<SqliteAccessLogStore>.Instance
        );
        Script = new(_store);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(setup.Time)
            .AddSingleton<IAccessLogStore>(Script)
            .AddSingleton<ILogSecrets>(new TestSecrets());
        foreach (var witness in setup.Witnesses)
        {
            services.AddSingleton(witness);
        }

        _services = services
            .AddAccessLog(options =>
            {
                options.Exchange = "exchange.example";
                options.KeyFolder = Path.Combine(folder, "keys");
                options.CheckpointInterval = TimeSpan.FromMilliseconds(100);
                options.AppendTimeout = TimeSpan.FromMinutes(1); // tests hold appends, and the disk may have much else to do
                setup.Configure(options);
            })
            .BuildServiceProvider();
    }

    public ScriptedLogStore Script { get; }

    public AccessLogHost Host => _services.GetRequiredService<AccessLogHost>();

    public LogWriter Writer => _services.GetRequiredService<LogWriter>();

    public IAccessLogReader Reader => Host;

    public IAccessLogHealth Health => _services.GetRequiredService<IAccessLogHealth>();

    public LogStanding Standing => Health.Current;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens a log and starts it.</summary>
    public static async Task<LogUnderTest> StartAsync(string folder, LogSetup? setup = null)
    {
        var log = new LogUnderTest(folder, setup ?? new());
        try
        {
            await log._store.OpenAsync(Cancellation);
            await log.Host.StartAsync(Cancellation);
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a log with entries, all published, and closes it.</summary>
    public static async Task MakeAsync(string folder, int count, LogSetup? setup = null)
    {
        await using var log = await StartAsync(folder, setup);
        await log.AppendAsync(count);
        await log.WaitPublishedAsync(log.Reader.Size);
    }

    /// <summary>Appends entries, many at a time.</summary>
    public async Task<IReadOnlyList<LogReceipt>> AppendAsync(int count, int firstNumber = 0)
    {
        var receipts = new List<LogReceipt>();
        foreach (var chunk in Enumerable.Range(firstNumber, count).Chunk(500))
        {
            receipts.AddRange(await Task.WhenAll(chunk.Select(AppendOneAsync)));
        }

        return receipts;
    }

    public async Task<LogReceipt> AppendOneAsync(int number) =>
        await Writer.AppendAsync(Details.Of(number), LogRetention.Traffic, Cancellation);

    public Task WaitPublishedAsync(long size) =>
        Wait.UntilAsync(() => Standing.PublishedSize >= size, () => $"Waited for {size} published; {Standing}");

    public async Task<List<LoggedEntry>> ReadAllAsync()
    {
        var entries = new List<LoggedEntry>();
        await foreach (var entry in Reader.ReadAsync(0, long.MaxValue, Cancellation))
        {
            entries.Add(entry);
        }

        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
