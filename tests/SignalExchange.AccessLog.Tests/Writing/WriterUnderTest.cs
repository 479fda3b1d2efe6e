using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.AccessLog.Tests.Writing;

/// <summary>A writer on a scripted store, with fake time.</summary>
internal sealed class WriterUnderTest : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly AccessLogMetrics _metrics;
    private readonly KeyRing _keys;

    private WriterUnderTest(AccessLogOptions options)
    {
        Store = new(Memory);
        State = new(Time);
        _metrics = new(State);
        var due = new DueKeys(Time, options.ShredDelay, options.MaxClockLead);
        _keys = new(new(_folder.Path, "silo-1", new TestSecrets()), due, Time);
        Writer = new(Options.Create(options), State, _metrics, Time, NullLogger<LogWriter>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));

    public InMemoryAccessLogStore Memory { get; } = new();

    public ScriptedLogStore Store { get; }

    public LogState State { get; }

    public LogWriter Writer { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WriterUnderTest> StartAsync(Action<AccessLogOptions>? configure = null)
    {
        var options = new AccessLogOptions { Exchange = "exchange.example" };
        configure?.Invoke(options);
        var it = new WriterUnderTest(options);
        var lease = await it.Store.AcquireAsync("silo-1", Cancellation);
        it.Writer.Start(it.Store, lease, 0, it._keys, new LogClock(it.Time), () => { });
        return it;
    }

    public Task<LogReceipt> AppendAsync(int number = 0) => AppendUntilAsync(number, Cancellation);

    public async Task<LogReceipt> AppendUntilAsync(int number, CancellationToken cancellationToken) =>
        await Writer.AppendAsync(Details.Of(number), LogRetention.Traffic, cancellationToken);

    /// <summary>Lets the next append begin and holds it there, with one entry in it.</summary>
    public async Task<(Task<LogReceipt> Held, TaskCompletionSource Release)> HoldAsync()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Store.BeforeAppend = () =>
        {
            begun.TrySetResult();
            return release.Task;
        };
        var held = AppendAsync();
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        return (held, release);
    }

    public async Task<IReadOnlyList<AccessLogDetail>> ReadAsync()
    {
        var details = new List<AccessLogDetail>();
        foreach (var record in await Store.ReadAsync("silo-1", 0, int.MaxValue, Cancellation))
        {
            var entry = EntryCodec.TryDecode(record.Entry.Span)!;
            details.Add(DetailSealer.TryOpen(entry, record.SealedDetail.Span, _keys.Find(EntryCodec.KeyOf(entry))!)!);
        }

        return details;
    }

    public async Task<IReadOnlyList<long>> ReadTimesAsync() =>
        [
            .. (await Store.ReadAsync("silo-1", 0, int.MaxValue, Cancellation)).Select(record =>
                EntryCodec.UnixMilliseconds(EntryCodec.TryDecode(record.Entry.Span)!)
            ),
        ];

    public async ValueTask DisposeAsync()
    {
        await Writer.StopAsync();
        _metrics.Dispose();
        _keys.Dispose();
        _folder.Dispose();
    }
}
