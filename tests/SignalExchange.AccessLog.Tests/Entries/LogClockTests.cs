using Microsoft.Extensions.Time.Testing;
using SignalExchange.AccessLog.Entries;

namespace SignalExchange.AccessLog.Tests.Entries;

public sealed class LogClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public void Clock_that_jumps_back_is_held_until_it_catches_up()
    {
        var clock = new LogClock(_time);
        var first = clock.Next();
        _time.AdjustTime(Start.AddHours(-1));
        Assert.Equal([first, first], [clock.Next(), clock.Next()]);
        Assert.Equal(2, clock.Holds);

        _time.AdjustTime(Start.AddMilliseconds(5));
        Assert.Equal(first + 5, clock.Next());
        Assert.Equal(2, clock.Holds);
    }

    [Fact]
    public void Clock_goes_on_from_the_last_entry_of_a_recovered_log()
    {
        var clock = new LogClock(_time);
        var later = Start.AddMonths(1).ToUnixTimeMilliseconds();
        clock.Resume(later);

        Assert.Equal(LogPeriod.Of(Start).Next, clock.Period);
        Assert.Equal(later, clock.Next());
    }

    [Fact]
    public void Period_is_that_of_now_once_the_clock_is_past_the_last_entry()
    {
        var clock = new LogClock(_time);
        clock.Next();
        _time.AdjustTime(Start.AddMonths(2));

        Assert.Equal(LogPeriod.Of(Start).Next.Next, clock.Period);
    }
}
