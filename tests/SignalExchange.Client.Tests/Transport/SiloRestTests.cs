using Microsoft.Extensions.Time.Testing;
using SignalExchange.Client.Transport.Balancing;

namespace SignalExchange.Client.Tests.Transport;

public sealed class SiloRestTests
{
    private const string Silo = "silo-1";

    private readonly FakeTimeProvider _clock = new();
    private readonly SiloRest _rest;

    public SiloRestTests() => _rest = new(_clock);

    [Fact]
    public void Each_failure_in_a_row_doubles_the_rest_up_to_half_a_minute()
    {
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 30, 30])
        {
            _rest.Failed(Silo, 7400);
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.True(_rest.IsResting(Silo, 7400));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.False(_rest.IsResting(Silo, 7400));
        }
    }

    [Fact]
    public void A_call_that_is_served_ends_the_rest()
    {
        _rest.Failed(Silo, 7400);
        _rest.Failed(Silo, 7400);
        _rest.Served(Silo, 7400);
        Assert.False(_rest.IsResting(Silo, 7400));

        _rest.Failed(Silo, 7400);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_rest.IsResting(Silo, 7400));
    }

    [Fact]
    public void A_silo_rests_by_itself()
    {
        _rest.Failed(Silo, 7400);

        Assert.False(_rest.IsResting(Silo, 7401));
        Assert.False(_rest.IsResting("silo-2", 7400));
    }
}
