using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Index.Templates;

namespace SignalExchange.Index.Tests.Templates;

public sealed class RecentAdsTests
{
    private const long Today = 739_000;
    private const ulong A = 17;
    private const ulong B = 18;
    private const ulong C = 19;

    [Fact]
    public void An_ad_is_taken_in_once_and_the_oldest_makes_room()
    {
        var (recent, first) = (new RecentAds(3), RandomAd());
        Assert.True(recent.TryAdd(first, A, Today));
        Assert.False(recent.TryAdd(first, A, Today));
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(recent.TryAdd(RandomAd(), A, Today)));

        Assert.Equal(3, recent.Count);
        Assert.Equal(0, recent.CountMatches(first, A, 0, ignored: 0, threshold: 3));
        Assert.True(recent.TryAdd(first, A, Today));
    }

    [Fact]
    public void Matches_are_ads_with_enough_bands_in_the_same_places()
    {
        var (recent, ad) = (new RecentAds(100), RandomAd());
        for (var shared = 0; shared < Limits.BandsPerAd; shared++)
        {
            recent.TryAdd([.. ad.Take(shared), .. RandomAd().Skip(shared)], A, Today);
        }

        Assert.Equal(Limits.BandsPerAd - 3, recent.CountMatches(ad, A, 0, ignored: 0, threshold: 3));
        Assert.Equal(Limits.BandsPerAd - 5, recent.CountMatches(ad, A, 0, ignored: 0b11, threshold: 3));
        Assert.Equal(1, recent.CountMatches(ad, A, 0, ignored: 0, threshold: 47));
    }

    [Fact]
    public void All_of_ones_own_count_and_of_each_others_a_share()
    {
        var (recent, ad) = (new RecentAds(100), RandomAd());
        foreach (var (member, ads) in new[] { (A, 10), (B, 10), (C, 2) })
        {
            for (var i = 0; i < ads; i++)
            {
                recent.TryAdd([.. ad.Take(20), .. RandomAd().Skip(20)], member, Today);
            }
        }

        Assert.Equal(10 + 4 + 2, recent.CountMatches(ad, A, share: 4, ignored: 0, threshold: 3));
        Assert.Equal(4 + 4 + 2, recent.CountMatches(ad, C, share: 4, ignored: 0, threshold: 3));
    }

    [Fact]
    public void What_is_older_than_the_window_is_forgotten()
    {
        var (recent, old, fresh) = (new RecentAds(10), RandomAd(), RandomAd());
        recent.TryAdd(old, A, Today - 7);
        recent.TryAdd(fresh, A, Today);

        recent.ForgetBefore(Today - 6);

        Assert.Equal(1, recent.Count);
        Assert.Equal(0, recent.CountMatches(old, A, 0, 0, 3));
        Assert.Equal(1, recent.CountMatches(fresh, A, 0, 0, 3));
    }

    [Fact]
    public void Without_room_nothing_is_kept_and_every_ad_is_new()
    {
        var (recent, ad) = (new RecentAds(0), RandomAd());

        Assert.True(recent.TryAdd(ad, A, Today));
        Assert.True(recent.TryAdd(ad, A, Today));
        Assert.Equal((0, 0), (recent.Count, recent.CountMatches(ad, A, 0, 0, 1)));
    }

    private static ulong[] RandomAd() =>
        [
            .. Enumerable
                .Range(0, Limits.BandsPerAd)
                .Select(_ => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
        ];
}
