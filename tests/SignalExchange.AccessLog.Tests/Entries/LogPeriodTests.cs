using CsCheck;
using SignalExchange.AccessLog.Entries;

namespace SignalExchange.AccessLog.Tests.Entries;

public sealed class LogPeriodTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0, "1970-01")]
    [InlineData("1970-12-31T23:59:59.999Z", 11, "1970-12")]
    [InlineData("2026-11-24T03:00:00Z", 682, "2026-11")]
    [InlineData("2026-12-01T00:30:00+01:00", 682, "2026-11")]
    public void Period_is_the_month_in_utc(string instant, int number, string text)
    {
        var period = LogPeriod.Of(DateTimeOffset.Parse(instant, null));

        Assert.Equal(number, period.Number);
        Assert.Equal(text, period.ToString());
    }

    [Fact]
    public void Period_ends_where_the_next_one_begins() =>
        Gen.Int[0, 12_000]
            .Sample(number =>
            {
                var period = new LogPeriod(number);
                return LogPeriod.Of(period.End) == period.Next
                    && LogPeriod.Of(period.End - TimeSpan.FromMilliseconds(1)) == period;
            });
}
