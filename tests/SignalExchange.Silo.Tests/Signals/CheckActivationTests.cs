using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Templates;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>What is not known costs no grain.</summary>
[Collection(ProcessWide.Name)]
public sealed class CheckActivationTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_unknown_tokens_activate_no_grain()
    {
        var a = await Reporter.Join(exchange, "asks-a-lot");
        using var grains = new ActivationCounter();
        // The member's first check of the day leases its quota.
        await a.Check([NewToken()]);
        var request = await a.CheckRequestOf(Enumerable.Range(0, 1000).Select(_ => NewToken()));

        await ActivatesNothing(
            grains,
            async () => Assert.Empty((await a.Signals.CheckAsync(request, cancellationToken: Ct)).Hits)
        );
        var before = grains.Created;
        var element = (await a.NewElements(1))[0];
        await a.Submit(Reporter.SubmissionOf(element));
        await a.Check([await a.TokenOf(element)]);
        Assert.True(grains.Created > before, "The counter must see the grain of a hit.");
    }

    [Fact]
    public async Task Ads_that_fit_no_template_activate_no_grain()
    {
        var a = await AdReporter.Join(exchange, "asks-about-ads");
        var registered = AdReporter.NewAd();
        await a.Register(registered);
        using var grains = new ActivationCounter();
        await a.Match(AdReporter.NewAd()); // leases the quota, as above
        // Others' ads, and one that has two bands of a template, where three make a match.
        var request = await a.RequestOf([
            .. Enumerable.Range(0, 20).Select(_ => AdReporter.NewAd()),
            AdReporter.Sharing(registered, 2),
        ]);

        await ActivatesNothing(
            grains,
            async () => Assert.Empty((await a.Templates.MatchAdsAsync(request, cancellationToken: Ct)).Ads)
        );
        // The template's own grain is there since it was registered; after a restart it comes to be when its ad is asked about.
        await exchange.Stop();
        await exchange.Start();
        var b = await AdReporter.Join(exchange, "asks-again");
        await b.Match(AdReporter.NewAd());
        var before = grains.Created;
        Assert.Single((await b.Match(AdReporter.Sharing(registered, 30))).Ads);
        Assert.True(grains.Created > before, "The counter must see the grain of a match.");
    }

    // Again, where the exchange's own reports have just made a grain of theirs: what a check makes, every check makes.
    private static async Task ActivatesNothing(ActivationCounter grains, Func<Task> ask) =>
        await Eventually.ResultAsync(
            async () =>
            {
                var before = grains.Created;
                await ask();
                return grains.Created - before;
            },
            static created => created == 0,
            "a question that activates nothing"
        );

    private static Token NewToken() => new(RandomNumberGenerator.GetBytes(Token.Size));
}
