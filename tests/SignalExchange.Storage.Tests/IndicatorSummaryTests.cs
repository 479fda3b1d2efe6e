using CsCheck;

namespace SignalExchange.Storage.Tests;

public sealed class IndicatorSummaryTests
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> GenTime = Gen.Long[-1000, TimeSpan.TicksPerDay * 36500]
        .Select(ticks => Epoch.AddTicks(ticks));

    [Fact]
    public void Nothing_live_is_zero()
    {
        Assert.False(IndicatorSummary.NothingLive.IsLive);
        Assert.Equal(default, IndicatorSummary.LiveUntil(null));
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00.0000001Z", 1)]
    [InlineData("2020-01-01T01:00:00Z", 1)]
    [InlineData("2020-01-01T01:00:00.0000001Z", 2)]
    [InlineData("2020-01-02T00:00:00+01:00", 23)]
    [InlineData("2025-01-01T00:00:00Z", 43848)]
    public void End_is_in_hours_rounded_up(string end, uint hours) =>
        Assert.Equal(new(hours), IndicatorSummary.LiveUntil(Time(end)));

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("2020-01-01T00:59:59Z", 0)]
    [InlineData("2020-01-01T01:00:00Z", 1)]
    [InlineData("2025-01-01T00:30:00Z", 43848)]
    public void Clock_is_in_hours_rounded_down(string now, uint hours) =>
        Assert.Equal(hours, IndicatorSummary.HoursDown(Time(now)));

    [Fact]
    public void Live_indicator_is_never_hidden_and_an_ended_one_lingers_an_hour_at_most() =>
        Gen.Select(GenTime, GenTime)
            .Sample(
                (end, now) =>
                {
                    var summary = IndicatorSummary.LiveUntil(end);
                    var hasEnded = summary.Value <= IndicatorSummary.HoursDown(now);
                    Assert.True(summary.IsLive);
                    Assert.False(hasEnded && end > now, "A live signal is hidden.");
                    Assert.False(
                        !hasEnded && now >= end.AddHours(1) && now > Epoch.AddHours(1),
                        "An ended one lingers."
                    );
                }
            );

    [Fact]
    public void Signal_that_ended_before_the_epoch_was_live_all_the_same() =>
        Assert.Equal(new(1), IndicatorSummary.LiveUntil(DateTimeOffset.UnixEpoch));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
