using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>An exchange that serves its log's tiles.</summary>
public sealed class TilesFixture : IAsyncLifetime
{
    private readonly ScriptedLogExchange _scripted = new();

    public ExchangeFixture Exchange => _scripted.Exchange;

    public ScriptedLogStore Store => _scripted.Store;

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
        await _scripted.DisposeAsync();
    }
}
