using System.ComponentModel.DataAnnotations;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Client.Tests.Options;

public sealed class SignalExchangeClientOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7400")]
    [InlineData("http://localhost:7400")]
    [InlineData("http://[::1]:7400")]
    [InlineData("https://exchange.example")]
    [InlineData("dns:///exchange.example:7400")]
    public void Loopback_or_tls_is_taken(string endpoint) =>
        Assert.Empty(ProblemsOf(options => options.Endpoint = new Uri(endpoint)));

    [Theory]
    [InlineData("http://exchange.example/")]
    [InlineData("http://127.0.0.1.exchange.example/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("/relative")]
    [InlineData("dns://127.0.0.1/exchange.example:7400")]
    public void A_credential_never_goes_out_in_clear(string endpoint) =>
        Assert.Equal(
            $"Endpoint is '{endpoint}': It may be an https address, or http on loopback.",
            Assert.Single(ProblemsOf(options => options.Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute)))
        );

    [Theory]
    [InlineData("https://a.example", "https://b.example")]
    [InlineData("http://127.0.0.1:1", "http://127.0.0.1:2", "http://[::1]:1")]
    public void Several_silos_are_taken(string endpoint, params string[] others) =>
        Assert.Empty(ProblemsOf(options => SetSilos(options, endpoint, others)));

    [Theory]
    [InlineData("https://a.example", "http://127.0.0.1:1")] // one credential would go out by TLS and in clear
    [InlineData("https://a.example", "http://b.example")]
    [InlineData("https://a.example", "https://a.example")]
    [InlineData("https://a.example", "https://b.example", "https://b.example/")]
    [InlineData("https://a.example", "dns:///b.example:7400")]
    [InlineData("dns:///a.example:7400", "dns:///b.example:7400")]
    [InlineData("https://a.example", "/relative")]
    public void Silos_that_are_not_of_one_kind_are_refused(string endpoint, params string[] others) =>
        Assert.Equal(
            $"OtherEndpoints is a list of {others.Length}: It may hold at most 63 addresses as that of Endpoint, of the same scheme, none twice.",
            Assert.Single(ProblemsOf(options => SetSilos(options, endpoint, others)))
        );

    [Theory]
    [InlineData(63, 0)]
    [InlineData(64, 1)]
    public void Their_number_is_bounded(int others, int problems) =>
        Assert.Equal(
            problems,
            ProblemsOf(options =>
                SetSilos(options, "https://a", [.. Enumerable.Range(0, others).Select(number => $"https://b{number}")])
            ).Count
        );

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_what_it_is_and_may_be()
    {
        var refused = Assert.Throws<ValidationException>(() =>
            new SignalExchangeClient(
                Options(options =>
                {
                    options.Endpoint = new Uri("http://exchange.example");
                    options.Credential = null;
                    options.BatchSize = 10_001;
                    options.CredentialLifetime = TimeSpan.FromMinutes(6);
                    options.TokenCacheSecret = new byte[31];
                })
            )
        );

        Assert.Equal(
            [
                "BatchSize is 10001: The field BatchSize must be between 1 and 10000.",
                "Credential is not set: The Credential field is required.",
                "CredentialLifetime is 00:06:00: The field CredentialLifetime must be between 00:00:05 and 00:05:00.",
                "Endpoint is 'http://exchange.example/': It may be an https address, or http on loopback.",
                "TokenCacheSecret is 31 bytes long: It needs at least 32 bytes.",
            ],
            refused.Message.Split(Environment.NewLine).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Two_keys_pinned_for_one_epoch_contradict_each_other()
    {
        using var one = VoprfKey.Generate();
        using var other = VoprfKey.Generate();

        Assert.Equal(
            "PinnedKeys is a list of 2: It may hold at most one key a type and epoch.",
            Assert.Single(
                ProblemsOf(options =>
                    options.PinnedKeys = [
                        KeyCommitment.To(IndicatorType.Email, 1, one.PublicKey),
                        KeyCommitment.To(IndicatorType.Email, 1, other.PublicKey),
                    ]
                )
            )
        );
    }

    [Fact]
    public void Defaults_are_within_their_ranges() => Assert.Empty(ProblemsOf(_ => { }));

    private static void SetSilos(SignalExchangeClientOptions options, string endpoint, string[] others)
    {
        options.Endpoint = new Uri(endpoint);
        options.OtherEndpoints = Array.ConvertAll(others, other => new Uri(other, UriKind.RelativeOrAbsolute));
    }

    private static List<string> ProblemsOf(Action<SignalExchangeClientOptions> change) =>
        SignalExchangeClientOptionsValidator.ProblemsOf(Options(change));

    private static SignalExchangeClientOptions Options(Action<SignalExchangeClientOptions> change)
    {
        var options = new SignalExchangeClientOptions
        {
            Endpoint = new Uri("http://127.0.0.1:7400"),
            Credential = new MemberCredential(new MemberId("platform-a"), MemberKeys.Create()),
        };
        change(options);
        return options;
    }
}
