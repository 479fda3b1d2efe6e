using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>An exchange that serves its log's tiles.</summary>
public sealed class TilesFixture : IAsyncLifetime
{
    private ScriptedLogStore? _store;

    public TilesFixture() =>
        Exchange = new()
        {
            Replace = services =>
                services.AddSingleton<IAccessLogStore>(it =>
                    _store = new(it.GetRequiredService<SqliteAccessLogStore>())
                ),
        };

    public ExchangeFixture Exchange { get; }

    public ScriptedLogStore Store => _store!;

    public HttpClient Client { get; } = new();

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    internal MemberService.MemberServiceClient Members => new(Exchange.InvokerFor(Exchange.Operator));

    public async ValueTask InitializeAsync()
    {
        await Exchange.Bootstrap();
        await Exchange.Start("--Exchange:ListenTiles", Address.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Exchange.DisposeAsync();
    }
}
