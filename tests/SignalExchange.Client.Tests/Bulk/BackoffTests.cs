using SignalExchange.Client.Bulk;

namespace SignalExchange.Client.Tests.Bulk;

public sealed class BackoffTests
{
    [Fact]
    public void It_waits_longer_each_time_up_to_a_limit()
    {
        var backoff = new Backoff();

        var waits = Enumerable.Range(0, 100).Select(_ => backoff.Next()).ToList();

        Assert.InRange(waits[0], TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
        Assert.InRange(waits[1], TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400));
        Assert.All(waits.Skip(10), wait => Assert.InRange(wait, Backoff.Longest / 2, Backoff.Longest));
    }

    [Fact]
    public void It_begins_anew_when_something_went_well()
    {
        var backoff = new Backoff();
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.InRange(backoff.Next(), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
    }
}
