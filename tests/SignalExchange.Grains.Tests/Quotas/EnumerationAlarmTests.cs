using SignalExchange.Grains.Quotas;

namespace SignalExchange.Grains.Tests.Quotas;

public sealed class EnumerationAlarmTests
{
    private static readonly EnumerationAlarm Alarm = new(Tokens: 100_000, HitsPerMillion: 100);

    [Theory]
    [InlineData(100_000, 0, true)]
    [InlineData(99_999, 0, false)] // too few tokens
    [InlineData(100_000, 9, true)] // 90 in a million
    [InlineData(100_000, 10, false)] // exactly 100 in a million
    [InlineData(1_000_000, 99, true)]
    [InlineData(1_000_000, 100, false)]
    public void Is_raised_from_so_many_tokens_on_and_below_so_many_hits(double tokens, double hits, bool isRaised) =>
        Assert.Equal(isRaised, Alarm.IsRaisedBy(tokens, hits));

    [Fact]
    public void Zero_hits_in_a_million_never_raises_it() =>
        Assert.False((Alarm with { HitsPerMillion = 0 }).IsRaisedBy(1e9, 0));
}
