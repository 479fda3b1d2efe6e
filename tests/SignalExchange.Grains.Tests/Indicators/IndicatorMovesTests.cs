using CsCheck;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.StoredV1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Indicators;

/// <summary>What goes over from one name of an indicator to another, whatever happens in between and however often it is tried.</summary>
public sealed class IndicatorMovesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Members = ["a", "b", "c", "d"];
    private static readonly AdoptCommand Command = new("email/2/0", [7], []);

    [Fact]
    public void However_often_a_move_breaks_off_the_new_name_ends_with_what_was_said_last() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9])
            .Array[1, 40]
            .Sample(steps =>
            {
                var (there, here) = (new IndicatorState(), new IndicatorState());
                foreach (var (place, (member, kind)) in steps.Index())
                {
                    // Two of ten: the parts go over, and the process ends before the old name says so.
                    if (kind < 2)
                    {
                        here = AdoptAll(there, here, place);
                    }
                    else
                    {
                        there = Say(there, place, Members[member], isWithdrawal: kind < 5);
                    }
                }

                here = AdoptAll(there, here, steps.Length);

                Assert.Equal(Sorted(there.Signals), Sorted(here.Signals));
                Assert.Equal(Ids(there), Ids(here));
                Assert.Same(here, AdoptAll(there, here, steps.Length + 1));
                AssertRetriesAreKnown(there, here, version: steps.Length + 1);
            });

    [Fact]
    public void Of_two_states_of_one_signal_the_withdrawal_wins_at_the_same_revision()
    {
        var first = Say(new IndicatorState(), 1, "a", isWithdrawal: false);
        var edited = Say(first, 2, "a", isWithdrawal: false);
        var withdrawn = Say(first, 3, "a", isWithdrawal: true);

        Assert.Equal(SignalState.Retracted, AdoptAll(withdrawn, edited, 9).Signals[0].State);
        Assert.Equal(SignalState.Retracted, AdoptAll(edited, withdrawn, 9).Signals[0].State);
    }

    [Fact]
    public void Of_two_signals_of_one_member_the_later_one_is_left()
    {
        var earlier = Say(new IndicatorState(), 1, "a", isWithdrawal: false);
        var later = Say(new IndicatorState(), 2, "a", isWithdrawal: false);

        Assert.Equal(later.Signals, AdoptAll(earlier, later, 9).Signals);
        Assert.Equal(later.Signals, AdoptAll(later, earlier, 9).Signals);
    }

    [Fact]
    public void Two_hundred_members_go_over_in_parts_that_fit_into_the_log()
    {
        var state = new IndicatorState();
        for (var member = 0; member < 200; member++)
        {
            state = Say(state, member, $"member-{member}", isWithdrawal: false);
        }

        var parts = IndicatorMoves.PartsOf(state).ToList();

        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.InRange(part.CalculateSize(), 1, 60_000));
        Assert.Equal(state.Signals, parts.SelectMany(part => part.Signals));
        Assert.Empty(IndicatorMoves.PartsOf(new IndicatorState()));
        Assert.Equal(Sorted(state.Signals), Sorted(AdoptAll(state, new IndicatorState(), 1).Signals));
    }

    [Fact]
    public void What_is_left_leads_on_and_the_log_does_not_say_where_to()
    {
        var state = Say(new IndicatorState(), 1, "a", isWithdrawal: false);
        var move = new MoveCommand("email/1/0", [1], [.. Enumerable.Repeat((byte)9, 32)], "email/2/0", [2], false);

        var moved = IndicatorMoves.Moved(state, move);

        Assert.Empty(moved.Signals);
        Assert.Empty(moved.Recent);
        Assert.Equal(state.SealedElement, moved.SealedElement);
        Assert.Equal(-1, moved.LastChange.ToByteArray().AsSpan().IndexOf(move.Token));
        Assert.False(moved.MovedTo.ByRotation);
        Assert.True(IndicatorMoves.Covered(moved).MovedTo.ByRotation);
        Assert.Equal(IndicatorChange.KindOneofCase.Forgotten, IndicatorMoves.Forgotten().LastChange.KindCase);
        Assert.Null(IndicatorMoves.Forgotten().MovedTo);
    }

    // Whatever a client sends again is answered as it was under the old name.
    private static void AssertRetriesAreKnown(IndicatorState there, IndicatorState here, long version)
    {
        foreach (var entry in there.Recent)
        {
            var known = SubmissionMemory.Find(
                here,
                version,
                entry.Member,
                entry.SubmissionId.ToByteArray(),
                entry.ContentDigest,
                Now
            );
            Assert.Equal((entry.SignalId, entry.Revision), (known?.SignalId, known?.Revision));
            Assert.InRange(known!.Value.Sequence, 1, version);
        }
    }

    private static IndicatorState AdoptAll(IndicatorState there, IndicatorState here, long version)
    {
        foreach (var part in IndicatorMoves.PartsOf(there))
        {
            here = IndicatorMoves.Adopt(here, version, Command, part) ?? here;
        }

        return here;
    }

    private static IndicatorState Say(IndicatorState state, int place, string member, bool isWithdrawal)
    {
        var (caller, now) = (Callers.Of(member), Now.AddSeconds(place));
        var id = SubmissionId.NewId().ToByteString().ToByteArray();
        var statement = Statements.Valid(now, it => it.Confidence = (uint)(1 + (place % 100)));
        var step = isWithdrawal
            ? IndicatorLedger.Withdraw(state, place, new(caller, id, RetractionReason.FalsePositive), now)
            : IndicatorLedger.Submit(
                state,
                place,
                new(caller, id, IndicatorType.Email, "email/1/0", [1], statement),
                now
            );
        return step.Next ?? state;
    }

    private static List<Signal> Sorted(IEnumerable<Signal> signals) =>
        [.. signals.OrderBy(signal => signal.Owner, StringComparer.Ordinal)];

    private static List<ByteString> Ids(IndicatorState state) =>
        [.. state.Recent.Select(entry => entry.SubmissionId).OrderBy(id => id.ToBase64(), StringComparer.Ordinal)];
}
