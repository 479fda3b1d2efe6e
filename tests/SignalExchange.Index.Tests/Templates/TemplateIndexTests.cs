using SignalExchange.Contracts;
using SignalExchange.Index.Templates;

namespace SignalExchange.Index.Tests.Templates;

public sealed class TemplateIndexTests
{
    private const int MaxPerBand = 8;
    private const int MaxPerBandOfOwner = 8;
    private const ulong A = 1;

    private readonly TemplateIndex _index = new(MaxPerBand, MaxPerBandOfOwner);

    [Fact]
    public void An_ad_finds_the_sketches_that_share_enough_of_its_bands()
    {
        var (token, ad) = (TestTokens.Random(), TestAds.Random());
        _index.Apply(token, TestAds.ChangeOf(ad));

        var found = Assert.Single(Find(TestAds.Sharing(ad, 7), threshold: 7));
        Assert.Equal((token, 0, 7), (found.Template.Token, found.Place, found.AgreeingBands));
        Assert.Empty(Find(TestAds.Sharing(ad, 6), threshold: 7));
        Assert.Equal(48, Assert.Single(Find(ad, threshold: 3)).AgreeingBands);
        Assert.Empty(Find(TestAds.Random(), threshold: 3));
    }

    [Fact]
    public void A_band_in_another_place_is_another_band()
    {
        var ad = TestAds.Random();
        var shifted = (byte[])[.. ad.AsSpan(Token.Size), .. ad.AsSpan(0, Token.Size)];
        _index.Apply(TestTokens.Random(), TestAds.ChangeOf(ad));

        Assert.Empty(Find(shifted, threshold: 1));
    }

    [Fact]
    public void Bands_that_are_ignored_do_not_count()
    {
        var ad = TestAds.Random();
        _index.Apply(TestTokens.Random(), TestAds.ChangeOf(ad));

        Assert.Single(Find(TestAds.Sharing(ad, 5), threshold: 3, ignored: 0b00011));
        Assert.Empty(Find(TestAds.Sharing(ad, 5), threshold: 3, ignored: 0b10011));
    }

    [Fact]
    public void Each_sketch_of_a_template_is_found_by_itself()
    {
        var (token, first, second) = (TestTokens.Random(), TestAds.Random(), TestAds.Random());
        _index.Apply(token, TestAds.ChangeOf(first));
        _index.Apply(token, TestAds.ChangeOf(DateTimeOffset.UnixEpoch, "a", 1, second));

        Assert.Equal(0, Assert.Single(Find(first, threshold: 3)).Place);
        Assert.Equal(1, Assert.Single(Find(second, threshold: 3)).Place);
        Assert.Equal(2, _index.Count);
    }

    [Fact]
    public void What_is_told_twice_is_there_once()
    {
        var (token, ad) = (TestTokens.Random(), TestAds.Random());
        _index.Apply(token, TestAds.ChangeOf(ad));
        _index.Apply(token, TestAds.ChangeOf(DateTimeOffset.UnixEpoch, "a", 0, ad));

        var found = Assert.Single(Find(ad, threshold: 3));
        Assert.Equal(48, found.AgreeingBands);
        Assert.Equal(1, _index.Count);
    }

    [Fact]
    public void A_change_without_a_sketch_of_what_is_not_there_adds_nothing()
    {
        _index.Apply(TestTokens.Random(), TestAds.ChangeOf());

        Assert.Equal(0, _index.Count);
    }

    [Fact]
    public void A_band_that_many_sketches_have_finds_as_many_as_may_be()
    {
        var ad = TestAds.Random();
        for (var i = 0; i < MaxPerBand; i++)
        {
            Assert.False(_index.IsCrowded(0, HashesOf(ad)[0], A));
            _index.Apply(TestTokens.Random(), TestAds.ChangeOf(TestAds.Sharing(ad, 5)));
        }

        Assert.True(_index.IsCrowded(0, HashesOf(ad)[0], A));
        Assert.False(_index.IsCrowded(5, HashesOf(ad)[5], A));
        var late = TestAds.Sharing(ad, 5);
        _index.Apply(TestTokens.Random(), TestAds.ChangeOf(late));
        Assert.Equal(MaxPerBand, Find(ad, threshold: 5).Count);
        Assert.Equal(43, Find(late, threshold: 6).Single().AgreeingBands);
    }

    [Fact]
    public void Of_one_member_a_band_finds_its_share_and_of_the_next_member_as_many()
    {
        var index = new TemplateIndex(MaxPerBand, maxPerBandOfOwner: 2);
        var ad = TestAds.Random();
        foreach (var owner in new[] { "a", "a", "a", "b", "b", "b", "c" })
        {
            var change = TestAds.ChangeOf(DateTimeOffset.UnixEpoch, owner, 0, TestAds.Sharing(ad, 5));
            index.Apply(TestTokens.Random(), change);
        }

        var hashes = HashesOf(ad, index);
        Assert.Equal(5, index.Find(hashes, ignored: 0, threshold: 5).Count);
        Assert.True(index.IsCrowded(0, hashes[0], AdBands.NameOf(index.Key, "a")));
        Assert.False(index.IsCrowded(0, hashes[0], AdBands.NameOf(index.Key, "c")));
        Assert.Equal(
            (3, 1),
            (index.CountOf(AdBands.NameOf(index.Key, "a")), index.CountOf(AdBands.NameOf(index.Key, "c")))
        );
    }

    [Fact]
    public void What_has_ended_is_forgotten_and_can_come_back()
    {
        var (ended, live) = (TestTokens.Random(), TestTokens.Random());
        var (endedAd, liveAd) = (TestAds.Random(), TestAds.Random());
        _index.Apply(ended, TestAds.ChangeOf(endedAd, TestAds.Random()));
        _index.Apply(live, TestAds.ChangeOf(liveAd));

        Assert.Equal(2, _index.Sweep(token => token == live));

        Assert.Equal(1, _index.Count);
        Assert.Empty(Find(endedAd, threshold: 3));
        Assert.Single(Find(liveAd, threshold: 3));
        Assert.Equal(0, _index.Sweep(token => token == live));
        _index.Apply(ended, TestAds.ChangeOf(endedAd));
        Assert.Equal(ended, Assert.Single(Find(endedAd, threshold: 3)).Template.Token);
        Assert.Single(Find(liveAd, threshold: 3));
    }

    [Fact]
    public void Templates_that_come_and_go_take_no_more_memory_than_those_that_are_there()
    {
        for (var round = 0; round < 40; round++)
        {
            for (var i = 0; i < 500; i++)
            {
                _index.Apply(TestTokens.Random(), TestAds.ChangeOf(TestAds.Random()));
            }

            _index.Sweep(_ => false);
        }

        Assert.Equal(0, _index.Count);
        Assert.True(_index.MemoryBytes < 500 * 1_000, $"{_index.MemoryBytes}");
    }

    [Fact]
    public void A_sketch_takes_some_550_bytes()
    {
        const int sketches = 20_000;
        for (var i = 0; i < sketches; i++)
        {
            _index.Apply(TestTokens.Random(), TestAds.ChangeOf(TestAds.Random()));
        }

        Assert.InRange((double)_index.MemoryBytes / sketches, 480, 600);
    }

    [Fact]
    public async Task Readers_see_what_was_there_before_whatever_is_written_and_swept_meanwhile()
    {
        var (token, ad) = (TestTokens.Random(), TestAds.Random());
        _index.Apply(token, TestAds.ChangeOf(ad));
        using var done = new CancellationTokenSource();
        var reading = Task.Run(
            () =>
            {
                var reads = 0;
                while (!done.IsCancellationRequested)
                {
                    var found = Assert.Single(Find(ad, threshold: 3));
                    Assert.Equal((token, 48), (found.Template.Token, found.AgreeingBands));
                    reads++;
                }

                return reads;
            },
            TestContext.Current.CancellationToken
        );

        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 200; i++)
            {
                _index.Apply(TestTokens.Random(), TestAds.ChangeOf(TestAds.Random()));
            }

            _index.Sweep(it => it == token);
        }

        await done.CancelAsync();
        Assert.True(await reading > 0);
    }

    private IReadOnlyList<SketchFound> Find(byte[] ad, int threshold, ulong ignored = 0) =>
        _index.Find(HashesOf(ad), ignored, threshold);

    private ulong[] HashesOf(byte[] ad) => HashesOf(ad, _index);

    private static ulong[] HashesOf(byte[] ad, TemplateIndex index)
    {
        var hashes = new ulong[Limits.BandsPerAd];
        AdBands.Name(index.Key, ad, Token.Size, hashes);
        return hashes;
    }
}
