using SignalExchange.TestKit;

namespace SignalExchange.Clustering.Tests;

public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SteppedClock _clock = new(Start);
    private readonly SteadyTime _steady;

    public SteadyTimeTests() => _steady = new(_clock);

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_clock_that_is_set_moves_it_by_nothing(int hours)
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        _clock.Set(Start.AddHours(hours));

        Assert.Equal(Start.AddSeconds(5), _steady.GetUtcNow());

        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Start.AddSeconds(10), _steady.GetUtcNow());
    }

    [Fact]
    public void Its_timestamps_and_timers_are_those_of_the_clock()
    {
        var ticks = 0;
        using var timer = _steady.CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var began = _steady.GetTimestamp();

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(3, ticks);
        Assert.Equal(TimeSpan.FromSeconds(3), _steady.GetElapsedTime(began));
    }
}
