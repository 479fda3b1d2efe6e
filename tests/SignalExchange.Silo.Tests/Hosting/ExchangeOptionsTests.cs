using Microsoft.Extensions.Options;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Tests.Hosting;

public sealed class ExchangeOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7400")]
    [InlineData("http://localhost:7400")]
    [InlineData("http://[::1]:7400")]
    [InlineData("https://0.0.0.0:7400")]
    public void Loopback_may_go_without_tls_and_everything_may_with(string listen) =>
        Assert.True(Validate(listen).Succeeded);

    [Theory]
    [InlineData("http://0.0.0.0:7400", "without TLS")]
    [InlineData("http://192.0.2.1:7400", "without TLS")]
    [InlineData("http://[::]:7400", "without TLS")]
    [InlineData("ftp://127.0.0.1", "http or https")]
    [InlineData("https://exchange.example:7400", "name the address to bind")]
    public void Anything_else_is_refused_before_the_first_port_opens(string listen, string why) =>
        Assert.Contains(why, Validate(listen).FailureMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://0.0.0.0:7401")]
    [InlineData("http://192.0.2.1:7401")]
    [InlineData("http://[::]:7401")]
    public void No_address_that_is_listened_at_beyond_loopback_goes_without_tls_and_each_is_named(string address)
    {
        var listen = new Uri(address);
        var refused = Validate(
            new ExchangeOptions
            {
                ListenConsole = listen,
                ListenTiles = listen,
                ListenMetrics = listen,
            }
        );

        Assert.Equal(
            ["Exchange:ListenConsole", "Exchange:ListenMetrics", "Exchange:ListenTiles"],
            refused.Failures!.Select(it => it.Split(' ')[0]).Order(StringComparer.Ordinal)
        );
        Assert.All(refused.Failures!, it => Assert.Contains("without TLS", it, StringComparison.Ordinal));
    }

    private static ValidateOptionsResult Validate(string listen) =>
        Validate(new ExchangeOptions { Listen = new Uri(listen) });

    private static ValidateOptionsResult Validate(ExchangeOptions options) =>
        new ExchangeOptionsValidator().Validate(null, options);
}
