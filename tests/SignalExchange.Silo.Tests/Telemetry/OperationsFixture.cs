using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>An exchange that serves metrics and health, with some traffic behind it.</summary>
public sealed class OperationsFixture : IAsyncLifetime
{
    public ExchangeFixture Exchange { get; } = new();

    public HttpClient Client { get; } = new();

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public async ValueTask InitializeAsync()
    {
        await Exchange.Bootstrap();
        await Exchange.Start("--Exchange:ListenMetrics", Address.ToString());
        await Traffic.Make(Exchange);
    }

    /// <summary>Reads the metrics as Prometheus does.</summary>
    public async Task<string> Scrape()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "/metrics"));
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Exchange.DisposeAsync();
    }
}
