using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>An exchange whose log's storage does what a test says.</summary>
public sealed class ScriptedLogExchange : IAsyncLifetime
{
    private ScriptedLogStore? _store;

    public ScriptedLogExchange() =>
        Exchange = new()
        {
            Replace = services =>
                services.AddSingleton<IAccessLogStore>(it =>
                    _store = new(it.GetRequiredService<SqliteAccessLogStore>())
                ),
        };

    public ExchangeFixture Exchange { get; }

    public ScriptedLogStore Store => _store!;

    public ValueTask InitializeAsync() => Exchange.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        Mend();
        await Exchange.DisposeAsync();
    }

    /// <summary>Appends fail from now on.</summary>
    public void Break() => Store.BeforeAppend = () => throw new IOException("No space left on device.");

    /// <summary>Appends work again.</summary>
    public void Mend() => (Store.BeforeAppend, Store.BeforePut) = (() => Task.CompletedTask, _ => Task.CompletedTask);
}
