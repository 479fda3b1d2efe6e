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
        Assert.Equal(0, recent.Copy().CountMatches(first, A, 0, ignored: 0, threshold: 3));
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

        Assert.Equal(Limits.BandsPerAd - 3, recent.Copy().CountMatches(ad, A, 0, ignored: 0, threshold: 3));
        Assert.Equal(Limits.BandsPerAd - 5, recent.Copy().CountMatches(ad, A, 0, ignored: 0b11, threshold: 3));
        Assert.Equal(1, recent.Copy().CountMatches(ad, A, 0, ignored: 0, threshold: 47));
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

        Assert.Equal(10 + 4 + 2, recent.Copy().CountMatches(ad, A, share: 4, ignored: 0, threshold: 3));
        Assert.Equal(4 + 4 + 2, recent.Copy().CountMatches(ad, C, share: 4, ignored: 0, threshold: 3));
    }

    [Fact]
    public void What_is_older_than_the_window_is_forgotten()
    {
        var (recent, old, fresh) = (new RecentAds(10), RandomAd(), RandomAd());
        recent.TryAdd(old, A, Today - 7);
        recent.TryAdd(fresh, A, Today);

        recent.ForgetBefore(Today - 6);

        Assert.Equal(1, recent.Count);
        Assert.Equal(0, recent.Copy().CountMatches(old, A, 0, 0, 3));
        Assert.Equal(1, recent.Copy().CountMatches(fresh, A, 0, 0, 3));
    }

    [Fact]
    public void Without_room_nothing_is_kept_and_every_ad_is_new()
    {
        var (recent, ad) = (new RecentAds(0), RandomAd());

        Assert.True(recent.TryAdd(ad, A, Today));
        Assert.True(recent.TryAdd(ad, A, Today));
        Assert.Equal((0, 0), (recent.Count, recent.Copy().CountMatches(ad, A, 0, 0, 1)));
    }

    [Fact]
    public void A_copy_stays_as_it_was_whatever_is_added_and_forgotten()
    {
        const int capacity = 3 * RecentAdBlock.Size;
        var (recent, ad) = (new RecentAds(capacity), RandomAd());
        AddLike(ad, recent, capacity, Today);
        var copy = recent.Copy();

        AddLike(ad, recent, RecentAdBlock.Size + 1, Today + 1);
        recent.ForgetBefore(Today + 1);

        Assert.Equal((capacity, capacity), (copy.Count, copy.CountMatches(ad, A, 0, ignored: 0, threshold: 20)));
        Assert.Equal(
            (RecentAdBlock.Size + 1, RecentAdBlock.Size + 1),
            (recent.Count, recent.Copy().CountMatches(ad, A, 0, ignored: 0, threshold: 20))
        );
    }

    [Fact]
    public void A_copy_of_twenty_thousand_ads_costs_their_owner_a_reference_for_each_block_and_then_the_block_that_changes()
    {
        var (recent, ad) = (new RecentAds(20_000), RandomAd());
        AddLike(ad, recent, 20_000, Today);
        _ = recent.Copy(); // whatever is allocated once
        ulong[][] more = [.. Enumerable.Range(0, RecentAdBlock.Size).Select(_ => Like(ad))];

        Assert.InRange(AllocatedBy(() => _ = recent.Copy()), 1, 4_000);
        Assert.InRange(AllocatedBy(() => Array.ForEach(more, it => recent.TryAdd(it, A, Today))), 1, 2 * 60_000);
        Assert.Equal(20_000, recent.Copy().CountMatches(ad, A, 0, ignored: 0, threshold: 20));
    }

    private static void AddLike(ulong[] ad, RecentAds recent, int count, long day)
    {
        for (var i = 0; i < count; i++)
        {
            recent.TryAdd(Like(ad), A, day);
        }
    }

    private static ulong[] Like(ulong[] ad) => [.. ad.Take(20), .. RandomAd().Skip(20)];

    private static long AllocatedBy(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static ulong[] RandomAd() =>
        [
            .. Enumerable
                .Range(0, Limits.BandsPerAd)
                .Select(_ => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
        ];
}
