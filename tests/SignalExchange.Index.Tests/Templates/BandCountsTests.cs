using System.Security.Cryptography;
using SignalExchange.Index.Templates;

namespace SignalExchange.Index.Tests.Templates;

public sealed class BandCountsTests
{
    private const long Monday = 739_000;
    private const ulong All = ulong.MaxValue;

    private readonly BandCounts _counts = new(days: 7);
    private readonly ulong[] _ad = [1, 2, 3];

    [Fact]
    public void A_band_is_above_a_limit_when_it_was_in_more_ads()
    {
        for (var i = 0; i < 31; i++)
        {
            Assert.Equal(0UL, _counts.FindAbove(_ad, limit: i));
            _counts.Add(_ad, All, Monday);
            Assert.Equal(0b111UL, _counts.FindAbove(_ad, limit: i));
        }

        _counts.Add([1, 99, 98], All, Monday);
        Assert.Equal(0b001UL, _counts.FindAbove(_ad, limit: 31));
        Assert.Equal(32, _counts.Ads);
    }

    [Fact]
    public void Bands_that_do_not_count_are_not_counted_and_the_ad_is()
    {
        _counts.Add(_ad, 0b101, Monday);

        Assert.Equal((0b101UL, 1), (_counts.FindAbove(_ad, limit: 0), _counts.Ads));
    }

    [Fact]
    public void A_day_is_forgotten_when_a_week_has_passed()
    {
        _counts.Add(_ad, All, Monday);
        _counts.Add(_ad, All, Monday + 3);

        _counts.MoveTo(Monday + 6);
        Assert.Equal((0b111UL, 2), (_counts.FindAbove(_ad, limit: 1), _counts.Ads));
        _counts.MoveTo(Monday + 7);
        Assert.Equal((0UL, 0b111UL, 1), (_counts.FindAbove(_ad, 1), _counts.FindAbove(_ad, 0), _counts.Ads));
        _counts.MoveTo(Monday + 10);
        Assert.Equal((0UL, 0), (_counts.FindAbove(_ad, limit: 0), _counts.Ads));
    }

    [Fact]
    public void A_silence_of_a_year_forgets_all_and_a_clock_that_is_set_back_nothing()
    {
        _counts.Add(_ad, All, Monday);
        _counts.Add(_ad, All, Monday - 2);
        Assert.Equal((0b111UL, 2), (_counts.FindAbove(_ad, limit: 1), _counts.Ads));

        _counts.MoveTo(Monday + 365);
        Assert.Equal((0UL, 0), (_counts.FindAbove(_ad, limit: 0), _counts.Ads));
    }

    [Fact]
    public void Who_comes_late_with_yesterday_counts_into_today()
    {
        _counts.Add(_ad, All, Monday + 3);
        _counts.Add(_ad, All, Monday);

        _counts.MoveTo(Monday + 9);
        Assert.Equal((0b111UL, 2), (_counts.FindAbove(_ad, limit: 1), _counts.Ads));
        _counts.MoveTo(Monday + 10);
        Assert.Equal((0UL, 0), (_counts.FindAbove(_ad, limit: 0), _counts.Ads));
    }

    [Fact]
    public void Counts_are_never_too_low_and_hardly_ever_too_high_by_a_tenth_of_what_makes_a_stop_band()
    {
        const int ads = 20_000;
        for (var i = 0; i < ads; i++)
        {
            _counts.Add(RandomAd(), All, Monday);
        }

        _counts.Add(_ad, All, Monday);
        Assert.Equal(0b111UL, _counts.FindAbove(_ad, limit: 0));

        // 0.3 % of 20,000 ads are 60; bands that were never seen must be far below.
        var wrong = Enumerable.Range(0, 200).Sum(_ => (long)ulong.PopCount(_counts.FindAbove(RandomAd(), limit: 12)));
        Assert.True(wrong < 200 * 48 / 50, $"{wrong}");
    }

    private static ulong[] RandomAd() =>
        [.. Enumerable.Range(0, 48).Select(_ => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)))];
}
