using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.AccessLog;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>A silo that starts has the patience that its log may need, and an end of it.</summary>
public sealed class OwnEntriesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SqliteLog _log = new(TimeProvider.System);
    private readonly OwnEntries _entries;

    public OwnEntriesTests() => _entries = new(_log.Writer, _clock, NullLogger<OwnEntries>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task What_the_log_takes_late_is_written()
    {
        var writing = _entries.Write("/silo/start", [], Ct);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(writing.IsCompleted);

        await _log.StartAsync(Ct);
        await UntilDone(writing);
        await writing;

        var entry = await _log.Host.ReadAsync(0, 1, Ct).SingleAsync(Ct);
        Assert.Equal("/silo/start", entry.Detail?.Method);
    }

    [Fact]
    public async Task What_the_log_never_takes_ends_the_start_with_its_reason()
    {
        var writing = _entries.Write("/silo/start", [], Ct);
        await UntilDone(writing);

        var refused = await Assert.ThrowsAsync<AccessLogUnavailableException>(() => writing);
        Assert.Equal(["The access log has not been started."], StartFailure.LinesOf(refused));
    }

    private Task UntilDone(Task writing) =>
        Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return writing.IsCompleted;
            },
            "the entry to be written or given up",
            TimeSpan.FromMilliseconds(10)
        );
}
