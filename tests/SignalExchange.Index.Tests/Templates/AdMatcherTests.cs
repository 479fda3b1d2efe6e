using SignalExchange.Contracts.V1;

namespace SignalExchange.Index.Tests.Templates;

public sealed class AdMatcherTests
{
    private readonly TemplateHarness _harness = new();

    [Theory]
    [InlineData(2, MatchStrength.Unspecified)]
    [InlineData(3, MatchStrength.Weak)]
    [InlineData(4, MatchStrength.Match)]
    [InlineData(11, MatchStrength.Match)]
    [InlineData(12, MatchStrength.Strong)]
    [InlineData(48, MatchStrength.Strong)]
    public void An_ad_fits_as_its_bands_agree(int agreeing, MatchStrength strength)
    {
        var ad = _harness.Register();

        var found = _harness.Find(TestAds.Sharing(ad, agreeing));

        Assert.Equal(strength, found.Count == 0 ? MatchStrength.Unspecified : found.Single().Strength);
    }

    [Fact]
    public void What_is_withdrawn_or_has_expired_is_found_no_more()
    {
        var (withdrawn, expired) = (TestTokens.Random(), TestTokens.Random());
        var first = _harness.Register(withdrawn);
        var second = _harness.Register(expired, lives: TimeSpan.FromHours(2));
        Assert.Single(_harness.Find(first));
        Assert.Single(_harness.Find(second));

        _harness.Withdraw(withdrawn);
        _harness.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Empty(_harness.Find(first));
        Assert.Empty(_harness.Find(second));
    }

    [Fact]
    public void A_template_is_new_for_its_first_days()
    {
        var ad = _harness.Register();
        Assert.True(_harness.Find(ad).Single().IsNew);

        _harness.Clock.Advance(TimeSpan.FromDays(6));
        Assert.True(_harness.Find(ad).Single().IsNew);
        _harness.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        Assert.False(_harness.Find(ad).Single().IsNew);
    }

    [Fact]
    public void The_more_sketches_there_are_the_more_bands_must_agree()
    {
        var harness = new TemplateHarness(options => (options.ThreeBandsUpTo, options.FourBandsUpTo) = (1, 2));
        Assert.Equal(3, harness.Matcher.Threshold);
        var ad = harness.Register();
        Assert.Equal(3, harness.Matcher.Threshold);
        harness.Register();
        Assert.Equal(4, harness.Matcher.Threshold);
        Assert.Empty(harness.Find(TestAds.Sharing(ad, 3)));
        harness.Register();
        Assert.Equal(5, harness.Matcher.Threshold);
    }

    [Fact]
    public void What_many_ads_say_is_ignored_and_what_is_asked_twice_counts_once()
    {
        var ad = _harness.Register();
        var boilerplate = TestAds.Sharing(ad, 6);
        for (var i = 0; i < 100; i++)
        {
            _harness.Find(boilerplate, isCounted: true);
        }

        Assert.Single(_harness.Find(boilerplate));
        for (var i = 0; i < 30; i++)
        {
            _harness.Find(TestAds.Sharing(ad, 6), isCounted: true);
        }

        Assert.Empty(_harness.Find(boilerplate));
        Assert.Single(_harness.Find(TestAds.Sharing(ad, 9)));
    }

    [Fact]
    public void One_member_blinds_no_template_for_others_whatever_ads_it_makes_up()
    {
        var ad = _harness.Register();
        for (var i = 0; i < 2_000; i++)
        {
            _harness.Find(TestAds.Sharing(ad, 11, from: 11 * (i % 4)), isCounted: true, member: "blinds");
        }

        Assert.Single(_harness.Find(TestAds.Sharing(ad, 3), member: "honest"));
        Assert.Empty(_harness.Find(TestAds.Sharing(ad, 11), member: "blinds"));
    }

    [Theory]
    [InlineData(2, 1_000, false)]
    [InlineData(3, 10, false)]
    [InlineData(3, 11, true)]
    [InlineData(4, 10, true)]
    public void What_several_members_ads_say_is_ignored_for_all(int members, int adsEach, bool isIgnored)
    {
        var ad = _harness.Register();
        for (var i = 0; i < adsEach; i++)
        {
            for (var member = 0; member < members; member++)
            {
                _harness.Find(TestAds.Sharing(ad, 6), isCounted: true, member: $"member-{member}");
            }
        }

        Assert.Equal(isIgnored, _harness.Find(TestAds.Sharing(ad, 6), member: "another").Count == 0);
    }

    [Fact]
    public void One_members_flood_of_ads_makes_nothing_less_common()
    {
        var ad = _harness.Register();
        for (var i = 0; i < 11; i++)
        {
            for (var member = 0; member < 3; member++)
            {
                _harness.Find(TestAds.Sharing(ad, 6), isCounted: true, member: $"member-{member}");
            }
        }

        for (var i = 0; i < 15_000; i++)
        {
            _harness.Find(TestAds.Random(), isCounted: true, member: "floods");
        }

        Assert.Empty(_harness.Find(TestAds.Sharing(ad, 6), member: "another"));
    }

    [Fact]
    public void One_member_is_enough_where_the_consortium_says_so()
    {
        var harness = new TemplateHarness(options => options.StopBandMembers = 1);
        var ad = harness.Register();
        for (var i = 0; i < 31; i++)
        {
            harness.Find(TestAds.Sharing(ad, 6), isCounted: true, member: "alone");
        }

        Assert.Empty(harness.Find(TestAds.Sharing(ad, 6), member: "another"));
    }

    [Fact]
    public void What_was_asked_for_tests_or_in_parts_is_not_counted()
    {
        var ad = _harness.Register();
        for (var i = 0; i < 100; i++)
        {
            _harness.Find(TestAds.Sharing(ad, 6), isCounted: false);
        }

        Assert.Single(_harness.Find(TestAds.Sharing(ad, 6)));
    }

    [Fact]
    public void Reposts_of_an_established_template_never_become_common_however_many_there_are()
    {
        var (fresh, established) = (TestTokens.Random(), TestTokens.Random());
        var old = _harness.Register(established);
        _harness.Clock.Advance(TimeSpan.FromDays(8));
        var young = _harness.Register(fresh);
        for (var i = 0; i < 200; i++)
        {
            _harness.Find(TestAds.Sharing(old, 3 + (i % 40)), isCounted: true);
            _harness.Find(TestAds.Sharing(young, 12 + (i % 30)), isCounted: true);
        }

        Assert.Single(_harness.Find(TestAds.Sharing(old, 3)));
        Assert.Empty(_harness.Find(TestAds.Sharing(young, 12)));
    }

    [Fact]
    public void Counts_are_forgotten_after_a_week()
    {
        var ad = _harness.Register();
        for (var i = 0; i < 60; i++)
        {
            _harness.Find(TestAds.Sharing(ad, 6), isCounted: true);
        }

        Assert.Empty(_harness.Find(TestAds.Sharing(ad, 6)));
        _harness.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Single(_harness.Find(TestAds.Sharing(ad, 6)));
    }

    [Fact]
    public void An_ad_that_fits_nothing_allocates_nothing()
    {
        _harness.Register();
        var ads = Enumerable.Range(0, 100).Select(_ => TestAds.Random()).ToArray();
        Array.ForEach(ads, ad => _harness.Find(ad));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Array.ForEach(ads, ad => _harness.Find(ad));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 100 * 8, $"{allocated} bytes for {ads.Length} ads");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(47 * 32)]
    [InlineData((48 * 32) + 1)]
    public void Another_number_of_tokens_is_a_broken_promise(int length) =>
        Assert.Throws<ArgumentException>(() => _harness.Matcher.Find(new byte[length], new("a"), isCounted: false));
}
