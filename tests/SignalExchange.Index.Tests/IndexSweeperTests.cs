using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

public sealed class IndexSweeperTests
{
    [Fact]
    public async Task Indicator_is_removed_some_time_after_it_has_ended_and_not_before()
    {
        await using var harness = await new IndexHarness().StartAsync();
        var (ends, token) = (harness.Time.GetUtcNow().AddHours(2), TestTokens.Alike(1));
        var lives = IndicatorSummary.LiveUntil(harness.Time.GetUtcNow().AddDays(30));
        harness.Feed.OnCommitted(TestRows.Row(1, token, IndicatorSummary.LiveUntil(ends).Value));
        harness.Feed.OnCommitted(TestRows.Row(2, TestTokens.Alike(2), lives.Value));

        await harness.PassTimeUntilAsync(() => harness.Time.GetUtcNow() >= ends, "two hours");
        Assert.False(harness.Index.Contains(token.ToArray(), IndicatorSummary.HoursDown(harness.Time.GetUtcNow())));
        Assert.Equal(2, harness.Index.Count); // a clock that is fast by less than a day does no harm

        await harness.PassTimeUntilAsync(() => harness.Index.Count == 1, "the sweep");
        Assert.True(harness.Time.GetUtcNow() >= ends.AddDays(1));
        Assert.Equal(lives.Value, harness.Index.SummaryOf(2));
    }
}
