using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Storage.Sqlite.AccessLog;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>A real access log in a folder of its own, without an exchange around it.</summary>
internal sealed class SqliteLog(TimeProvider clock) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProvider? _services;

    /// <summary>Gets the log, not started until a test starts it.</summary>
    public AccessLogHost Host => Services.GetRequiredService<AccessLogHost>();

    /// <summary>Gets what takes its entries.</summary>
    public IEntryWriter Writer => Services.GetRequiredService<IEntryWriter>();

    private ServiceProvider Services => _services ??= Build();

    /// <summary>Starts it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Services.GetRequiredService<SqliteAccessLogStore>().OpenAsync(cancellationToken);
        await Host.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        _folder.Dispose();
    }

    private ServiceProvider Build() =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton<ILogSecrets, ZeroSecrets>()
            .AddSqliteAccessLogStorage(storage => storage.Folder = _folder.Path)
            .AddAccessLog(log =>
            {
                log.Exchange = "exchange.example";
                log.KeyFolder = Path.Combine(_folder.Path, "keys");
            })
            .BuildServiceProvider();

    private sealed class ZeroSecrets : ILogSecrets
    {
        public void Derive(ReadOnlySpan<byte> purpose, Span<byte> key) => key.Clear();
    }
}
