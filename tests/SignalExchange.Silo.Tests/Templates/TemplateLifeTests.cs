using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Templates;

/// <summary>Templates through restarts, quotas and floods, on exchanges of their own.</summary>
public sealed class TemplateLifeTests : IAsyncLifetime
{
    private readonly ExchangeFixture _exchange = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _exchange.Bootstrap();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task A_restart_keeps_templates_copies_names_and_withdrawals()
    {
        await _exchange.Start();
        var member = await _exchange.AddMember("ad-restarts");
        var a = new AdReporter(_exchange.InvokerFor(member));
        var (kept, gone) = (AdReporter.NewAd(), AdReporter.NewAd());
        var (template, withdrawn) = (await a.Register(kept), await a.Register(gone));
        Assert.NotNull((await a.Withdraw(withdrawn))[0].Accepted);

        await _exchange.Stop();
        await _exchange.Start();

        a = new AdReporter(_exchange.InvokerFor(member));
        var found = Assert.Single(Assert.Single((await a.Match(AdReporter.Sharing(kept, 20))).Ads).Templates);
        Assert.Equal(template, found.TemplateId);
        Assert.Equal(MatchStrength.Unspecified, await a.StrengthOf(gone));
        Assert.Equal(template, await a.Register(kept, it => it.Confidence = 55));
        Assert.NotNull((await a.Withdraw(template))[0].Accepted);
        Assert.Equal(MatchStrength.Unspecified, await a.StrengthOf(kept));
    }

    [Fact]
    public async Task Each_band_counts_as_a_token_of_the_day()
    {
        await _exchange.Start("--Exchange:Quotas:TokensPerDay", "20000");
        var a = await AdReporter.Join(_exchange, "ad-spends");
        var ads = Enumerable.Range(0, 200).Select(_ => AdReporter.NewAd()).ToArray();
        await a.Match(ads);
        await a.Match(ads);
        await a.Match([.. ads.Take(100), .. Enumerable.Range(0, 100).Select(_ => AdReporter.NewAd())]);

        var more = await a.RequestOf([.. Enumerable.Range(0, 200).Select(_ => AdReporter.NewAd())]);
        Assert.Equal(
            ErrorReason.QuotaTokensSpent,
            await RpcErrors.ReasonOf(() => a.Templates.MatchAdsAsync(more, cancellationToken: Ct).ResponseAsync)
        );
    }

    [Fact]
    public async Task What_many_ads_say_is_no_template_and_finds_none_any_more()
    {
        await _exchange.Start("--Exchange:Templates:StopBandMinAds", "20", "--Exchange:Templates:DryRunMinAds", "5");
        var (a, b) = (await AdReporter.Join(_exchange, "ad-floods"), await AdReporter.Join(_exchange, "ad-posts"));
        var (boilerplate, phrase) = (AdReporter.NewAd(), AdReporter.NewAd());
        var template = await a.Register(AdReporter.Sharing(boilerplate, 11));
        var before = await b.Match(AdReporter.Sharing(boilerplate, 11));
        Assert.Equal(template, Assert.Single(Assert.Single(before.Ads).Templates).TemplateId);

        // Of several members: what one says alone is its own affair.
        foreach (var member in new[] { "ad-posts-too", "ad-posts-as-well", "ad-posts-also" })
        {
            var another = await AdReporter.Join(_exchange, member);
            await another.Match([.. Enumerable.Range(0, 10).Select(_ => AdReporter.Sharing(boilerplate, 14))]);
            await another.Match([.. Enumerable.Range(0, 4).Select(_ => AdReporter.Sharing(phrase, 8))]);
        }

        await b.Match([.. Enumerable.Range(0, 10).Select(_ => AdReporter.Sharing(boilerplate, 14))]);

        Assert.Equal(MatchStrength.Unspecified, await b.StrengthOf(AdReporter.Sharing(boilerplate, 11)));
        var flood = Enumerable.Range(0, 20).Select(_ => AdReporter.RegistrationOf(AdReporter.Sharing(boilerplate, 14)));
        Assert.All(
            await a.Register([.. flood]),
            result => Assert.Equal(ErrorReason.TemplateBoilerplate, result.Error?.Reason)
        );
        var common = (await a.Register(AdReporter.RegistrationOf(AdReporter.Sharing(phrase, 8))))[0];
        Assert.Equal(ErrorReason.TemplateTooCommon, common.Error?.Reason);
        Assert.False(common.Error!.HasActual || common.Error.HasLimit);
        await a.Register(AdReporter.NewAd());
    }
}
