using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Tests;

public sealed class SignalExchangeClientOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7400")]
    [InlineData("https://exchange.example")]
    public void Loopback_or_tls_is_taken(string endpoint)
    {
        using var client = new SignalExchangeClient(Options(options => options.Endpoint = new Uri(endpoint)));
    }

    [Fact]
    public void A_credential_never_goes_out_in_clear()
    {
        var refused = Assert.Throws<ValidationException>(() =>
            new SignalExchangeClient(Options(options => options.Endpoint = new Uri("http://exchange.example")))
        );

        Assert.Contains("https", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_out_of_range_is_refused()
    {
        Assert.Throws<ValidationException>(() => new SignalExchangeClient(new SignalExchangeClientOptions()));
        Assert.Throws<ValidationException>(() =>
            new SignalExchangeClient(Options(options => options.BatchSize = 10_001))
        );
        Assert.Throws<ValidationException>(() =>
            new SignalExchangeClient(Options(options => options.CredentialLifetime = TimeSpan.FromMinutes(6)))
        );
    }

    private static SignalExchangeClientOptions Options(Action<SignalExchangeClientOptions> change)
    {
        var options = new SignalExchangeClientOptions
        {
            Endpoint = new Uri("http://127.0.0.1:7400"),
            Credential = new MemberCredential(new MemberId("platform-a"), ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        };
        change(options);
        return options;
    }
}
