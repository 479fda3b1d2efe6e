using Microsoft.Extensions.Time.Testing;

namespace SignalExchange.Clustering.Tests;

public sealed class MomentTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Age_is_what_has_passed()
    {
        var moment = Moment.Now(_time);
        _time.Advance(Second);

        Assert.Equal(Second, moment.AgeAt(Moment.Now(_time), _time));
    }

    [Fact]
    public void Paused_machine_is_found_out_by_its_wall_clock()
    {
        var moment = Moment.Now(_time);

        Assert.Equal(Second, moment.AgeAt(moment with { Utc = moment.Utc + Second }, _time));
    }

    [Fact]
    public void Wall_clock_that_is_set_back_makes_nothing_younger()
    {
        var moment = Moment.Now(_time);
        _time.Advance(Second);
        var later = Moment.Now(_time);

        Assert.Equal(Second, moment.AgeAt(later with { Utc = later.Utc - TimeSpan.FromHours(1) }, _time));
    }

    [Fact]
    public void Never_is_older_than_anything() =>
        Assert.Equal(TimeSpan.MaxValue, Moment.Never.AgeAt(Moment.Now(_time), _time));
}
