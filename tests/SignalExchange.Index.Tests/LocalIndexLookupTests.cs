using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

public sealed class LocalIndexLookupTests
{
    private const uint Now = 50_000;

    private static readonly ShardMap ManyShards = new(16);

    [Fact]
    public void Token_that_was_set_is_found_and_others_are_not()
    {
        var (index, token) = (TestRows.CreateIndex(ManyShards), TestTokens.Random());
        index.Set(ManyShards, [token], Now + 1);

        Assert.True(index.TryFind(token, out var summary));
        Assert.Equal(new IndicatorSummary(Now + 1), summary);
        Assert.False(index.TryFind(TestTokens.Random(), out var nothing));
        Assert.Equal(IndicatorSummary.NothingLive, nothing);
    }

    [Theory]
    [InlineData(Now - 1, false)]
    [InlineData(Now, false)] // at the hour itself it has ended
    [InlineData(Now + 1, true)]
    public void Token_is_contained_until_its_hour(uint summary, bool expected)
    {
        var (index, token) = (TestRows.CreateIndex(ManyShards), TestTokens.Random());
        index.Set(ManyShards, [token], summary);

        Assert.Equal(expected, index.Contains(token.ToArray(), Now));
        Assert.Equal(expected ? 1 : 0, index.FindHits(token.ToArray(), Now, new int[1]));
    }

    [Fact]
    public void Signal_is_never_hidden_before_its_expiry() =>
        Gen.Select(Gen.Long[0, 200L * 365 * 24 * 3600], Gen.Long[1, 7200])
            .Sample(
                (expirySeconds, secondsBefore) =>
                {
                    var expiry = new DateTimeOffset(2020, 1, 1, 2, 0, 0, TimeSpan.Zero).AddSeconds(expirySeconds);
                    var (index, token) = (TestRows.CreateIndex(), TestTokens.Random());
                    index.Set(TestRows.Shards, [token], IndicatorSummary.LiveUntil(expiry).Value);

                    var before = IndicatorSummary.HoursDown(expiry.AddSeconds(-secondsBefore));
                    var hourAfter = IndicatorSummary.HoursDown(expiry.AddHours(1));

                    Assert.True(index.Contains(token.ToArray(), before));
                    Assert.False(index.Contains(token.ToArray(), hourAfter));
                }
            );

    [Fact]
    public void Tokens_that_share_24_bytes_with_others_are_told_apart()
    {
        var index = TestRows.CreateIndex();
        index.Set(TestRows.Shards, Enumerable.Range(0, 1_000).Select(i => TestTokens.Alike((ulong)i)), Now);

        // Whoever makes a token that looks like another's and retracts his own takes nothing but his own away.
        index.Set(TestRows.Shards, Enumerable.Range(0, 500).Select(i => TestTokens.Alike((ulong)i * 2)), 0);

        Assert.Equal(500, index.Count);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(i % 2 == 0 ? 0u : Now, index.SummaryOf(i));
        }
    }

    [Fact]
    public void Batch_finds_what_single_look_ups_find() =>
        Gen
            .Bool.Array[0, 100]
            .Sample(isKnown =>
            {
                var index = TestRows.CreateIndex(ManyShards);
                var tokens = isKnown.Select(_ => TestTokens.Random()).ToList();
                index.Set(ManyShards, tokens.Where((_, i) => isKnown[i]), Now + 1);
                var packed = tokens.SelectMany(token => token.ToArray()).ToArray();
                var hits = new int[tokens.Count];

                var count = index.FindHits(packed, Now, hits);

                Assert.Equal(Enumerable.Range(0, tokens.Count).Where(i => isKnown[i]), hits[..count]);
            });

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Token_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => TestRows.CreateIndex().Contains(new byte[length], Now));

    [Theory]
    [InlineData(31, 1)]
    [InlineData(64, 1)]
    public void Batch_is_refused_if_it_is_no_batch_or_its_hits_have_no_room(int bytes, int room) =>
        Assert.Throws<ArgumentException>(() => TestRows.CreateIndex().FindHits(new byte[bytes], Now, new int[room]));

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        var index = TestRows.CreateIndex(ManyShards);
        var (packed, hits) = (TestTokens.RandomPacked(1_000), new int[1_000]);
        var token = TestTokens.Random();
        _ = LookUp(); // what is allocated once

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = LookUp();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        bool LookUp() =>
            index.FindHits(packed, Now, hits) > 0
            | index.Contains(packed.AsSpan(0, Token.Size), Now)
            | index.TryFind(token, out _);
    }
}
