using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests.Templates;

/// <summary>Templates come by the same way as tokens: from the log at a start, from commits, from repairs.</summary>
public sealed class TemplateFeedTests
{
    private static readonly uint Live = IndicatorSummary
        .LiveUntil(new DateTimeOffset(2030, 6, 1, 0, 0, 0, TimeSpan.Zero))
        .Value;

    [Fact]
    public async Task A_start_finds_what_the_log_says_and_forgets_what_it_takes_back()
    {
        await using var harness = new IndexHarness();
        var (kept, gone) = (TestAds.Random(), TestAds.Random());
        await harness.Store.AppendAsync(TestRows.First, ChangeOf(1, kept), ChangeOf(2, gone));
        await harness.Store.AppendAsync(TestRows.First, TestRows.Change(TestTokens.Alike(2), 0));

        await harness.StartAsync();

        Assert.Equal(TestTokens.Alike(1), Assert.Single(Find(harness, kept)).Token);
        Assert.Empty(Find(harness, gone));
        Assert.Equal(1, harness.Get<TemplateIndex>().Count);
    }

    [Fact]
    public async Task A_commit_is_found_and_its_withdrawal_ends_it_at_once()
    {
        await using var harness = await new IndexHarness().StartAsync();
        var ad = TestAds.Random();

        harness.Feed.OnCommitted(new(TestRows.First, 1, 0, [ChangeOf(1, ad)]));
        Assert.Single(Find(harness, ad));
        harness.Feed.OnCommitted(new(TestRows.First, 2, 0, [TestRows.Change(TestTokens.Alike(1), 0)]));
        Assert.Empty(Find(harness, ad));
    }

    [Fact]
    public async Task A_row_that_comes_twice_or_late_changes_nothing()
    {
        await using var harness = await new IndexHarness().StartAsync();
        var ad = TestAds.Random();
        var rows = new[]
        {
            await harness.Store.AppendAsync(TestRows.First, ChangeOf(1, ad)),
            await harness.Store.AppendAsync(TestRows.First, TestRows.Change(TestTokens.Alike(2), Live)),
        };

        harness.Feed.OnCommitted(rows[1]); // before the one that it follows: read from the log
        await harness.PassTimeUntilAsync(() => Find(harness, ad).Count == 1, "the repair");
        harness.Feed.OnCommitted(rows[0]);

        Assert.Equal(1, harness.Get<TemplateIndex>().Count);
    }

    [Fact]
    public async Task What_has_ended_is_swept_with_the_tokens()
    {
        await using var harness = await new IndexHarness().StartAsync();
        harness.Feed.OnCommitted(new(TestRows.First, 1, 0, [ChangeOf(1, TestAds.Random())]));
        harness.Feed.OnCommitted(new(TestRows.First, 2, 0, [TestRows.Change(TestTokens.Alike(1), 0)]));
        Assert.Equal(1, harness.Get<TemplateIndex>().Count);

        await harness.PassTimeUntilAsync(() => harness.Get<TemplateIndex>().Count == 0, "the sweep");
    }

    private static IReadOnlyList<TemplateCandidate> Find(IndexHarness harness, byte[] ad) =>
        harness.Get<AdMatcher>().Find(ad, new("a"), isCounted: false);

    private static ShardChange ChangeOf(ulong number, byte[] ad) =>
        new(TestTokens.Alike(number), new(Live), TestAds.DetailOf(TestAds.ChangeOf(ad)));
}
