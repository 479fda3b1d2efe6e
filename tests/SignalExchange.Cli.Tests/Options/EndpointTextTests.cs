using SignalExchange.Cli.Options;

namespace SignalExchange.Cli.Tests.Options;

public sealed class EndpointTextTests
{
    [Theory]
    [InlineData("https://a.example", "https://a.example/")]
    [InlineData("https://a.example, https://b.example,", "https://a.example/ https://b.example/")]
    [InlineData("dns:///exchange.example:7400", "dns:///exchange.example:7400")]
    public void Addresses_stand_by_commas(string typed, string read) =>
        Assert.Equal(read, string.Join(' ', EndpointText.Parse([typed]).Select(it => it.AbsoluteUri)));

    [Fact]
    public void The_option_may_be_repeated() =>
        Assert.Equal(3, EndpointText.Parse(["https://a.example", "https://b.example,https://c.example"]).Length);

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("nonsense")]
    [InlineData("https://a.example,nonsense")]
    public void What_is_no_address_is_refused(string typed) =>
        Assert.Contains(
            "by commas",
            Assert.Throws<UsageException>(() => EndpointText.Parse([typed])).Message,
            StringComparison.Ordinal
        );
}
