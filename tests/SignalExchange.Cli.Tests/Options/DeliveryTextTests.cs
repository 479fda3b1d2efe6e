using SignalExchange.Cli.Options;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Tests.Options;

public sealed class DeliveryTextTests
{
    [Fact]
    public void A_law_is_a_country_and_what_it_asks() =>
        Assert.Equal(
            new DeliveryRule
            {
                Country = "DE",
                Bases = { LegalBasis.Authority, LegalBasis.LegalObligation },
                Purposes = { SharingPurpose.Investigation },
                Retentions = { RetentionClass.WhileActive },
                PermitRequired = true,
            },
            DeliveryText.Parse(
                "DE, basis=authority, basis=legal-obligation, purpose=investigation, retention=while-active, permit"
            )
        );

    [Fact]
    public void A_country_alone_asks_nothing() =>
        Assert.Equal(new DeliveryRule { Country = "FR" }, DeliveryText.Parse("FR"));

    [Theory]
    [InlineData("DE,base=authority")]
    [InlineData("DE,basis=none")]
    [InlineData("DE,permit=yes")]
    public void Anything_else_is_refused(string text) => Assert.Throws<UsageException>(() => DeliveryText.Parse(text));
}
