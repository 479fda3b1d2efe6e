using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Storage;
using SignalExchange.Storage.Sqlite;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A silo among others is ready while it can show that its index lacks nothing, and no longer.</summary>
public sealed class IndexReadinessTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private readonly Uri _ready = new($"http://127.0.0.1:{FreePort.Find()}/ready");
    private readonly ExchangeFixture _exchange;
    private SharedShardStore? _store;

    public IndexReadinessTests() =>
        _exchange = new()
        {
            Replace = services =>
                services.AddSingleton<IShardStore>(it => _store = new(it.GetRequiredService<SqliteExchangeStore>())),
        };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _exchange.Bootstrap();
        await _exchange.Start(
            "--Exchange:ListenMetrics",
            new Uri(_ready, "/").ToString(),
            "--Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", // which complains each time
            "None"
        );
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_that_cannot_compare_its_index_with_a_shared_storage_is_not_ready_until_it_can()
    {
        await Until((HttpStatusCode.OK, "Healthy"));

        _store!.Failure = new StorageUnavailableException();
        await Until(
            (
                HttpStatusCode.ServiceUnavailable,
                "Unhealthy\nThe index is being built, or could not be compared with the storage lately."
            )
        );

        _store.Failure = null;
        await Until((HttpStatusCode.OK, "Healthy"));
    }

    private async Task Until((HttpStatusCode Status, string Text) expected) =>
        await Eventually.ResultAsync(Ask, answer => answer == expected, $"{expected.Status} of /ready");

    private async Task<(HttpStatusCode Status, string Text)> Ask()
    {
        using var response = await _client.GetAsync(_ready, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }
}
