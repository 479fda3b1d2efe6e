using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests.Signals;

public sealed class SignalLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_dispute_that_nobody_answers_takes_the_signal_out_of_force_at_the_moment_that_the_answer_is_due()
    {
        var signal = Disputed(Now);

        Assert.Equal(SignalState.Active, signal.StateAt(Now.AddTicks(-1)));
        Assert.Equal(SignalState.Quarantined, signal.StateAt(Now));
        Assert.False(signal.IsLive(Now));
    }

    [Fact]
    public void An_answered_dispute_leaves_it_in_force_and_whatever_has_ended_stays_ended()
    {
        var answered = Disputed(null);
        Assert.True(answered.IsLive(Now));
        var withdrawn = Disputed(Now);
        withdrawn.State = SignalState.Retracted;
        Assert.Equal(SignalState.Retracted, withdrawn.StateAt(Now));
        Assert.Equal(SignalState.Expired, Disputed(Now).StateAt(Now.AddDays(31)));
    }

    private static Signal Disputed(DateTimeOffset? due) =>
        new()
        {
            State = SignalState.Active,
            Statement = Statements.Valid(Now),
            Disputed = true,
            DisputeDueAt = due?.ToTimestamp(),
        };
}
