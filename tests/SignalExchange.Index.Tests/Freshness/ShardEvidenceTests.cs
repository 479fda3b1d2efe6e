using Microsoft.Extensions.Time.Testing;
using SignalExchange.Clustering;
using SignalExchange.Index.Freshness;

namespace SignalExchange.Index.Tests.Freshness;

/// <summary>A shard is fresh as of the moment at which its log was asked where it ends, once the index has got there.</summary>
public sealed class ShardEvidenceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly ShardEvidence _evidence;

    public ShardEvidenceTests() => _evidence = new(_time);

    private Moment Now => Moment.Now(_time);

    [Fact]
    public void Nothing_is_fresh_before_anybody_was_asked() => Assert.False(IsFresh(applied: 100));

    [Fact]
    public void Index_that_is_where_the_log_ended_is_fresh_from_the_asking_on()
    {
        _evidence.Add(head: 5, Now, applied: 5);
        _time.Advance(Limit);
        Assert.True(IsFresh(applied: 5));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(IsFresh(applied: 5));
    }

    [Fact]
    public void Index_that_is_behind_is_fresh_once_it_has_got_there_and_as_of_the_asking()
    {
        _evidence.Add(head: 5, Now, applied: 4);
        Assert.False(IsFresh(applied: 4));

        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(IsFresh(applied: 5));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(IsFresh(applied: 5));
    }

    [Fact]
    public void Index_that_is_always_a_little_behind_a_busy_log_stays_fresh()
    {
        for (var head = 100; head < 2_000; head += 100)
        {
            _evidence.Add(head, Now, applied: head - 50);
            _time.Advance(TimeSpan.FromSeconds(0.5));
            Assert.True(IsFresh(applied: head + 40), $"at {head}");
        }
    }

    [Fact]
    public void Index_that_stands_still_while_the_log_grows_is_not()
    {
        for (var head = 100; head < 1_000; head += 100)
        {
            _evidence.Add(head, Now, applied: 100);
            _time.Advance(TimeSpan.FromSeconds(0.5));
        }

        Assert.False(IsFresh(applied: 100));
    }

    [Fact]
    public void Writer_that_was_replaced_and_does_not_know_proves_nothing()
    {
        _evidence.Add(head: 150, Now, applied: 100);
        _time.Advance(Limit);

        _evidence.Add(head: 100, Now, applied: 100);

        Assert.False(IsFresh(applied: 100));
    }

    private bool IsFresh(long applied) => _evidence.IsWithin(Limit, Now, applied);
}
