using SignalExchange.Contracts;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Checking;

/// <summary>What a history shows of submissions that came twice, again, and late.</summary>
public sealed class RedeliveriesTests
{
    private static readonly SubmissionId First = SubmissionId.NewId();
    private static readonly SubmissionId Second = SubmissionId.NewId();

    [Fact]
    public void The_same_at_two_silos_at_once_is_duplicated() =>
        AssertCounts((2, 0, 0), Call(First, silo: 0, from: 1, to: 3), Call(First, silo: 1, from: 2, to: 4));

    [Fact]
    public void The_same_after_its_acknowledgement_is_replayed() =>
        AssertCounts((0, 1, 0), Call(First, silo: 0, from: 1, to: 2), Call(First, silo: 0, from: 3, to: 4));

    [Fact]
    public void The_same_after_a_later_change_of_its_member_is_overtaken_too() =>
        AssertCounts(
            (0, 1, 1),
            Call(First, silo: 0, from: 1, to: 2),
            Call(Second, silo: 0, from: 3, to: 4),
            Call(First, silo: 0, from: 5, to: 6)
        );

    [Fact]
    public void What_was_lost_the_first_time_is_overtaken_and_no_replay() =>
        AssertCounts(
            (0, 0, 1),
            Call(First, silo: 0, from: 1, to: 2) with
            {
                Fate = Fate.Unknown,
            },
            Call(Second, silo: 0, from: 3, to: 4),
            Call(First, silo: 0, from: 5, to: 6)
        );

    [Fact]
    public void One_after_the_other_is_neither() =>
        AssertCounts((0, 0, 0), Call(First, silo: 0, from: 1, to: 2), Call(Second, silo: 1, from: 3, to: 4));

    private static void AssertCounts((int, int, int) expected, params Write[] writes)
    {
        var found = Redeliveries.Of(writes);

        Assert.Equal(expected, (found.Duplicated.Count, found.Replayed.Count, found.Overtaken.Count));
    }

    private static Write Call(SubmissionId id, int silo, int from, int to) =>
        new(
            WriteKind.Submission,
            "a",
            0,
            id,
            silo,
            new(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to)),
            Fate.Accepted
        );
}
