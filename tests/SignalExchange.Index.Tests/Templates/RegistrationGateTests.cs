using SignalExchange.Contracts.V1;

namespace SignalExchange.Index.Tests.Templates;

public sealed class RegistrationGateTests
{
    [Fact]
    public void An_ad_that_nobody_else_posts_may_become_a_template()
    {
        var harness = new TemplateHarness();
        AskAbout(harness, 2_000, TestAds.Random);

        Assert.Null(harness.Judge(TestAds.Random()));
    }

    [Theory]
    [InlineData(12, null)]
    [InlineData(13, ErrorReason.TemplateBoilerplate)]
    [InlineData(47, ErrorReason.TemplateBoilerplate)]
    public void An_ad_with_more_than_a_quarter_of_boilerplate_may_not(int bands, ErrorReason? reason)
    {
        var (harness, boilerplate) = (new TemplateHarness(), TestAds.Random());

        // Terms and greetings: a different part of them in each of many ads, and all of it in every hundredth.
        AskAbout(harness, 4_000, TestAds.Random);
        AskAbout(harness, 60, () => TestAds.Sharing(boilerplate, bands));

        Assert.Equal(reason, harness.Judge(TestAds.Sharing(boilerplate, bands))?.Reason);
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, ErrorReason.TemplateTooCommon)]
    public void An_ad_that_would_match_more_than_a_few_may_not(int reposts, ErrorReason? reason)
    {
        var (harness, phrase) = (new TemplateHarness(), TestAds.Random());
        AskAbout(harness, 500, TestAds.Random);
        AskAbout(harness, reposts, () => TestAds.Sharing(phrase, 20));

        Assert.Equal(reason, harness.Judge(phrase)?.Reason);
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(21, ErrorReason.TemplateTooCommon)]
    public void Of_many_ads_it_may_match_one_in_a_thousand(int reposts, ErrorReason? reason)
    {
        var (harness, phrase) = (new TemplateHarness(), TestAds.Random());
        AskAbout(harness, 20_000 - reposts, TestAds.Random);
        AskAbout(harness, reposts, () => TestAds.Sharing(phrase, 4));

        Assert.Equal(reason, harness.Judge(phrase)?.Reason);
        Assert.Null(harness.Judge(phrase, minBands: 5));
    }

    [Fact]
    public void One_repost_asked_about_a_thousand_times_is_one_ad()
    {
        var (harness, phrase) = (new TemplateHarness(), TestAds.Random());
        AskAbout(harness, 1_000, () => phrase);

        Assert.Null(harness.Judge(phrase));
    }

    [Fact]
    public void A_flood_of_registrations_of_one_phrase_is_refused_when_there_are_as_many_as_may_be()
    {
        var harness = new TemplateHarness(options => options.MaxTemplatesPerBand = 8);
        var phrase = TestAds.Random();
        var accepted = 0;
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var copy = TestAds.Sharing(phrase, 20);
            if (harness.Judge(copy) is { } refusal)
            {
                Assert.Equal(ErrorReason.TemplateBoilerplate, refusal.Reason);
                continue;
            }

            harness.Register(ad: copy);
            accepted++;
        }

        Assert.Equal(8, accepted);
    }

    [Fact]
    public void There_are_no_more_sketches_than_may_be()
    {
        var harness = new TemplateHarness(options => options.MaxLiveSketches = 2);
        harness.Register();
        Assert.Null(harness.Judge(TestAds.Random()));
        harness.Register();

        var refusal = harness.Judge(TestAds.Random());
        Assert.Equal((ErrorReason.TooManyTemplates, 2L), (refusal?.Reason, refusal?.Limit));
    }

    [Fact]
    public void One_member_keeps_no_ad_of_anothers_from_being_registered_whatever_ads_it_makes_up()
    {
        var (harness, phrase) = (new TemplateHarness(), TestAds.Random());
        AskAbout(harness, 1_000, () => TestAds.Sharing(phrase, 11), member: "keeps-out");
        AskAbout(harness, 1_000, () => TestAds.Sharing(phrase, 11, from: 30), member: "keeps-out");

        Assert.Null(harness.Judge(phrase, member: "honest"));
        Assert.NotNull(harness.Judge(phrase, member: "keeps-out"));
    }

    [Fact]
    public void One_member_crowds_no_ad_of_anothers_out_however_many_templates_it_registers()
    {
        var (harness, phrase) = (new TemplateHarness(), TestAds.Random());
        for (var i = 0; i < 280; i++)
        {
            harness.Register(ad: TestAds.Sharing(phrase, 11, from: 11 * (i % 4)), owner: "c");
        }

        Assert.Null(harness.Judge(phrase, member: "honest"));
        harness.Register(ad: phrase, owner: "h");
        Assert.Equal(48, harness.Find(phrase).Max(it => it.Sketches.Max(sketch => sketch.AgreeingBands)));
    }

    [Fact]
    public void A_member_registers_no_more_sketches_than_it_may_and_others_do()
    {
        var harness = new TemplateHarness(options => options.MaxLiveSketchesPerMember = 2);
        var token = TestTokens.Random();
        harness.Register(token);
        Assert.Null(harness.Judge(TestAds.Random()));
        harness.Register();

        var refusal = harness.Judge(TestAds.Random());
        Assert.Equal((ErrorReason.TooManyTemplates, 2L), (refusal?.Reason, refusal?.Limit));
        Assert.Null(harness.Judge(TestAds.Random(), member: "b"));

        harness.Templates.Sweep(it => it != token);
        Assert.Null(harness.Judge(TestAds.Random()));
    }

    [Fact]
    public void A_refusal_says_no_number_of_bands()
    {
        var (harness, boilerplate) = (new TemplateHarness(), TestAds.Random());
        AskAbout(harness, 60, () => TestAds.Sharing(boilerplate, 40));

        var refusal = harness.Judge(boilerplate);
        Assert.Equal((null, null), (refusal?.Limit, refusal?.Actual));
    }

    [Fact]
    public void Without_a_dry_run_only_counts_speak()
    {
        var harness = new TemplateHarness(options => options.DryRunAds = 0);
        var phrase = TestAds.Random();
        AskAbout(harness, 30, () => TestAds.Sharing(phrase, 4));

        Assert.Null(harness.Judge(phrase));
    }

    private static void AskAbout(TemplateHarness harness, int ads, Func<byte[]> next, string member = "a")
    {
        for (var i = 0; i < ads; i++)
        {
            harness.Find(next(), isCounted: true, member);
        }
    }
}
