using SignalExchange.Client.Templates;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Client.Tests.TokenCache;

/// <summary>An ad costs 48 evaluations once, a refused text and an exact repost none, and each window as much as an ad.</summary>
public sealed class AdTokensTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    private int Evaluated =>
        Exchange.Record.Of<EvaluateRequest>().Sum(request => request.BlindedElements.Length / Token.Size);

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task An_ad_costs_48_evaluations_and_a_repost_that_differs_only_in_what_is_folded_away_none()
    {
        var client = Exchange.Join("platform-a");
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());

        await Match(client, SampleAds.Room);
        Assert.Equal(48, Evaluated);
        await Match(client, "✨ " + SampleAds.Room.ToUpperInvariant() + " 212-736-5000");
        await client.RegisterTemplateAsync(SampleAds.Room, statement, cancellationToken: Ct);
        Assert.Equal(48, Evaluated);
        await Match(client, SampleAds.EditedRoom);
        Assert.Equal(96, Evaluated);
    }

    [Fact]
    public async Task Of_two_reposts_in_one_batch_one_is_evaluated()
    {
        var client = Exchange.Join("platform-a");
        string[] ads = [SampleAds.Room, "short", SampleAds.Room + " !", SampleAds.Bicycle];

        var results = await client
            .MatchAdsAsync(ads.ToAsyncEnumerable(), CheckPurpose.Test, AdSearch.Whole, Ct)
            .ToListAsync(Ct);

        Assert.Equal([false, true, false, false], results.Select(result => result.Refusal is not null));
        Assert.Equal(96, Evaluated);
    }

    [Fact]
    public async Task A_refused_text_costs_nothing_and_nothing_is_asked()
    {
        var client = Exchange.Join("platform-a");
        string[] refused =
        [
            "",
            "😀😀",
            "0123 456 789",
            "\uD800",
            "call me",
            new('a', 1 << 20),
            new('a', (1 << 20) + 1),
        ];
        foreach (var text in refused)
        {
            Assert.NotNull((await Match(client, text)).Refusal);
        }

        Assert.Equal(0, Evaluated);
        Assert.Empty(Exchange.Record.Of<MatchAdsRequest>());
    }

    [Theory]
    [InlineData(150)]
    [InlineData(9_000)]
    public async Task Windows_cost_what_is_stated(int words)
    {
        var client = Exchange.Join("platform-a");
        var ad = SampleAds.Made(70_001, words);
        var letters = AdExplanation.Of(ad).Letters;

        await client.MatchAdAsync(ad, CheckPurpose.Test, AdSearch.Windows, Ct);

        Assert.Equal(48 * (1 + AdWindows.Count(letters)), Evaluated);
        Assert.InRange(AdWindows.Count(letters), 1, 19);
    }

    [Fact]
    public async Task Without_room_every_ad_is_evaluated()
    {
        var client = Exchange.Join("platform-a", options => options.AdCacheSize = 0);

        await Match(client, SampleAds.Room);
        await Match(client, SampleAds.Room);

        Assert.Equal(96, Evaluated);
    }

    private static Task<AdMatchResult> Match(SignalExchangeClient client, string text) =>
        client.MatchAdAsync(text, CheckPurpose.Test, AdSearch.Whole, Ct);
}
