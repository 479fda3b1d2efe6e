using System.Text.RegularExpressions;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>From a slow bucket of a histogram to a trace that fell into it.</summary>
[Collection(ProcessWide.Name)]
public sealed class ExemplarTests
{
    [Fact]
    public async Task A_histogram_names_a_trace_that_was_recorded()
    {
        await using var collector = await Collector.Start();
        await using var exchange = new ExchangeFixture();
        using var client = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await exchange.Bootstrap();
        await exchange.Start([.. collector.Settings, "--Exchange:ListenMetrics", address.ToString()]);
        await Traffic.Make(exchange);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/metrics"));
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text; version=1.0.0");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var metrics = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await exchange.Stop();

        var exemplar = Regex.Match(
            metrics,
            """^rpc_server_call_duration_seconds_bucket\{.*SignalService/Check.*# \{.*trace_id="(?<trace>[0-9a-f]{32})""",
            RegexOptions.Multiline
        );
        Assert.True(exemplar.Success, metrics);
        var trace = Convert.FromHexString(exemplar.Groups["trace"].Value);
        Assert.True(collector.Received("traces").AsSpan().IndexOf(trace) >= 0);
    }
}
