using System.Net;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;
using StandardHealth = Grpc.Health.V1.Health;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>Whoever asks whether a silo is ready is told why it is not.</summary>
public sealed class ReadinessPageTests : IAsyncLifetime
{
    private readonly ScriptedLogExchange _log = new();
    private readonly HttpClient _client = new();
    private readonly Uri _ready = new($"http://127.0.0.1:{FreePort.Find()}/ready");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _log.Exchange.Bootstrap();
        await _log.Exchange.Start("--Exchange:ListenMetrics", new Uri(_ready, "/").ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_whose_log_cannot_be_written_says_so()
    {
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await Ask());
        Assert.Equal(ServingStatus.Serving, await AskByGrpc(ServingStatus.Serving));

        _log.Break();
        await RpcErrors.ReasonOf(() => _log.Exchange.AddMember("is-not-added"));

        Assert.Equal(
            (
                HttpStatusCode.ServiceUnavailable,
                "Unhealthy\nThe access log cannot be written. The access log can't be written."
            ),
            await Ask()
        );
        Assert.Equal(ServingStatus.NotServing, await AskByGrpc(ServingStatus.NotServing));
    }

    // Needs no credentials and is not recorded: it answers while the log cannot be written, too.
    private async Task<ServingStatus> AskByGrpc(ServingStatus expected)
    {
        var health = new StandardHealth.HealthClient(_log.Exchange.InvokerFor(null));
        return await Eventually.ResultAsync(
            async () => (await health.CheckAsync(new(), cancellationToken: Ct)).Status,
            it => it == expected,
            $"the health service to say {expected}"
        );
    }

    private async Task<(HttpStatusCode Status, string Text)> Ask()
    {
        using var response = await _client.GetAsync(_ready, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }
}
