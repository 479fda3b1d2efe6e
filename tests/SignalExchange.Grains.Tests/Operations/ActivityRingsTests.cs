using CsCheck;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Operations;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Operations;

public sealed class ActivityRingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData(OverviewSpan.Hour, 60, 60)]
    [InlineData(OverviewSpan.Day, 288, 300)]
    [InlineData(OverviewSpan.Week, 168, 3600)]
    public void A_span_is_shown_without_gaps_and_what_was_done_just_now_is_in_its_last_step(
        OverviewSpan span,
        int steps,
        int seconds
    )
    {
        var state = new OperationsState();
        ActivityRings.Add(state, Checks(7), Now);

        var shown = ActivityRings.Read(state, span, Now).ToList();

        Assert.Equal(steps, shown.Count);
        Assert.Equal(7ul, shown[^1].TokensChecked);
        Assert.Equal(shown[^1], ActivityRings.Newest(state, span, Now));
        Assert.All(shown, step => Assert.Equal((uint)seconds, step.Seconds));
        Assert.All(
            shown.Zip(shown.Skip(1)),
            pair => Assert.Equal(seconds, pair.Second.From.Seconds - pair.First.From.Seconds)
        );
    }

    [Theory]
    [InlineData(OverviewSpan.Hour, 60)]
    [InlineData(OverviewSpan.Day, 300)]
    [InlineData(OverviewSpan.Week, 3600)]
    public void A_step_in_which_nothing_was_done_yet_is_the_newest_one_and_empty(OverviewSpan span, int seconds)
    {
        var state = new OperationsState();
        Assert.Equal(0ul, ActivityRings.Newest(state, span, Now).TokensChecked);
        ActivityRings.Add(state, Checks(7), Now);

        var next = ActivityRings.Newest(state, span, Now.AddSeconds(seconds));

        Assert.Equal(0ul, next.TokensChecked);
        Assert.Equal(ActivityRings.Newest(state, span, Now).From.Seconds + seconds, next.From.Seconds);
    }

    [Fact]
    public void What_is_older_than_a_ring_leaves_it_and_stays_in_the_longer_ones()
    {
        var state = new OperationsState();
        ActivityRings.Add(state, Checks(7), Now);
        ActivityRings.Add(state, Checks(1), Now.AddHours(2));

        Assert.Equal(1ul, Sum(state, OverviewSpan.Hour));
        Assert.Equal(8ul, Sum(state, OverviewSpan.Day));
        Assert.Equal(8ul, Sum(state, OverviewSpan.Week));
        Assert.Single(state.Rings[0].Steps);
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_no_step_twice() =>
        Gen.Int[-200, 200]
            .Array[1, 30]
            .Sample(seconds =>
            {
                var state = new OperationsState();
                foreach (var offset in seconds)
                {
                    ActivityRings.Add(state, Checks(1), Now.AddSeconds(offset));
                }

                var starts = state.Rings[0].Steps.Select(step => step.From).ToList();
                return starts.SequenceEqual(starts.Distinct().Order())
                    && state.Rings[0].Steps.Sum(step => (int)step.Counts.TokensChecked) == seconds.Length;
            });

    [Fact]
    public void Shares_of_latencies_are_at_most_a_bucket_too_much() =>
        Gen.Double[0.2, 5_000]
            .Array[1, 200]
            .Sample(milliseconds =>
            {
                var counts = new ulong[LatencyBuckets.Count];
                foreach (var time in milliseconds)
                {
                    counts[LatencyBuckets.Of(TimeSpan.FromMilliseconds(time))]++;
                }

                var sorted = milliseconds.Order().ToList();
                var p50 = sorted[(int)Math.Ceiling(sorted.Count * 0.50) - 1] * 1000;
                var read = LatencyBuckets.Read(counts).P50;
                return read >= p50 * 0.999 - 1 && read <= p50 * 1.20;
            });

    [Fact]
    public void Nothing_reads_as_nothing() => Assert.Equal(new Latency(), LatencyBuckets.Read([]));

    [Fact]
    public void A_members_day_begins_anew_and_when_it_was_seen_stays()
    {
        var state = new OperationsState();
        var seen = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Now);
        MemberDays.Add(
            state,
            new()
            {
                MemberId = "platform-a",
                TokensChecked = 5,
                LastSeen = seen,
            },
            Now
        );

        Assert.Equal(5ul, Assert.Single(MemberDays.Read(state, Now)).TokensChecked);
        var tomorrow = Assert.Single(MemberDays.Read(state, Now.AddDays(1)));
        Assert.Equal((0ul, seen), (tomorrow.TokensChecked, tomorrow.LastSeen));
    }

    private static ActivityStep Checks(ulong tokens) => new() { Counts = new() { TokensChecked = tokens } };

    private static ulong Sum(OperationsState state, OverviewSpan span) =>
        ActivityRings.Read(state, span, Now.AddHours(2)).Aggregate(0ul, (sum, step) => sum + step.TokensChecked);
}
