using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Templates;

public sealed class AdSketchTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void An_ad_has_a_band_input_for_each_band_and_each_is_another()
    {
        var sketch = AdSketch.From(SampleAds.Room).GetOrThrow();

        Assert.Equal(48, sketch.BandInputs.Count);
        Assert.Equal(48, sketch.BandInputs.Distinct().Count());
        Assert.All(sketch.BandInputs, band => Assert.Equal(IndicatorType.AdTemplate, band.Type));
        Assert.All(sketch.BandInputs, band => Assert.Equal(32, band.Canonical.Length));
    }

    [Fact]
    public async Task Band_inputs_become_tokens_like_any_identifier()
    {
        using var key = VoprfKey.Generate();
        var commitment = KeyCommitment.To(IndicatorType.AdTemplate, 1, key.PublicKey);
        var maker = new TokenMaker(new KeyHolder(key));
        var ad = AdSketch.From(SampleAds.Room).GetOrThrow();
        var repost = AdSketch.From(SampleAds.Room.Replace("sunny", "bright", StringComparison.Ordinal)).GetOrThrow();

        var tokens = await maker.MakeAsync(commitment, ad.BandInputs, Cancelled);
        var others = await maker.MakeAsync(commitment, repost.BandInputs, Cancelled);

        var agreeing = tokens.Zip(others).Count(pair => pair.First.Token == pair.Second.Token);
        Assert.Equal(ad.CountAgreeingBands(repost), agreeing);
        Assert.Equal(
            MatchStrength.Strong,
            MatchRule.Judge(agreeing, MatchRule.MinThreshold, MatchThresholds.Default.StrongBands)
        );
    }

    [Fact]
    public void A_repost_with_a_few_words_exchanged_is_found_and_another_ad_is_not()
    {
        var ad = AdSketch.From(SampleAds.Room).GetOrThrow();
        var repost = AdSketch.From(SampleAds.EditedRoom).GetOrThrow();
        var other = AdSketch.From(SampleAds.Bicycle).GetOrThrow();

        Assert.True(ad.CountAgreeingBands(repost) >= 4, $"{ad.CountAgreeingBands(repost)}");
        Assert.Equal(0, ad.CountAgreeingBands(other));
        Assert.Equal(ad.CountAgreeingBands(repost), repost.CountAgreeingBands(ad));
    }

    [Fact]
    public void The_key_of_the_cache_is_of_the_letters_and_the_secret()
    {
        var secret = new byte[16];
        byte[] otherSecret = [1, .. new byte[15]];
        var ad = AdSketch.From(SampleAds.Room).GetOrThrow();
        var repost = AdSketch.From("✨ " + SampleAds.Room.ToUpperInvariant()).GetOrThrow();

        Assert.Equal(ad.ComputeDigest(secret), repost.ComputeDigest(secret));
        Assert.NotEqual(ad.ComputeDigest(secret), ad.ComputeDigest(otherSecret));
        Assert.NotEqual(
            ad.ComputeDigest(secret),
            AdSketch.From(SampleAds.EditedRoom).GetOrThrow().ComputeDigest(secret)
        );
    }

    [Fact]
    public void Nothing_that_is_printed_holds_any_of_the_text()
    {
        var accepted = AdSketch.From(SampleAds.Room);
        var refused = AdSketch.From("qx7secret");

        Assert.Equal("ad-sketch", accepted.ToString());
        Assert.Equal("identifier:ad-template", accepted.Sketch!.BandInputs[0].ToString());
        Assert.Equal("refused:AD_TOO_SHORT", refused.ToString());
        Assert.Equal("ad-explanation:9", AdExplanation.Of("qx7secret").ToString());
        var thrown = Assert.Throws<AdRefusedException>(refused.GetOrThrow);
        Assert.Equal(AdProblem.TooShort, thrown.Problem);
        Assert.Equal(AdProblems.TextOf(AdProblem.TooShort), thrown.Message);
    }

    [Fact]
    public void Every_problem_has_words_and_a_code_and_the_numbers_in_them_are_the_real_ones()
    {
        Assert.All(
            Enum.GetValues<AdProblem>(),
            problem => Assert.Matches("^[A-Z].+[.].+[.]$", AdProblems.TextOf(problem))
        );
        Assert.Contains($"{AdSketch.MaxTextLength:N0}", AdProblems.TextOf(AdProblem.TooLong), StringComparison.Ordinal);
        Assert.Contains(
            $"{AdSketch.MinLetters} letters",
            AdProblems.TextOf(AdProblem.TooShort),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{AdSketch.MinWords} words",
            AdProblems.TextOf(AdProblem.TooFewWords),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{AdSketch.MinShingles} ",
            AdProblems.TextOf(AdProblem.TooRepetitive),
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => AdProblems.TextOf((AdProblem)99));
    }

    [Fact]
    public void A_null_is_a_broken_promise()
    {
        Assert.Throws<ArgumentNullException>(() => AdSketch.From(null!));
        Assert.Throws<ArgumentNullException>(() => AdWindows.Of(null!));
        Assert.Throws<ArgumentNullException>(() => AdExplanation.Of(null!));
    }
}
