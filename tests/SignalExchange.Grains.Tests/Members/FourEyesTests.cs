using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

public sealed class FourEyesTests
{
    private readonly RegistryState _state = WithTwoOperators();
    private readonly RegistryAct _act = AddAct("platform-a", ["ring"], NewKey());

    private string First => OperatorOf(_state, 0);

    private string Second => OperatorOf(_state, 1);

    [Fact]
    public void A_sole_operator_has_nobody_to_ask()
    {
        var state = Bootstrapped();

        var step = FourEyes.Request(state, _act, OperatorOf(state, 0), Now);

        Assert.Equal(MemberState.Active, step.Member?.State);
        Assert.Null(step.Approval);
    }

    [Fact]
    public void From_the_second_operator_on_an_act_waits_and_changes_nothing()
    {
        var step = FourEyes.Request(_state, _act, First, Now);

        Assert.Equal((ApprovalState.Pending, ApprovalAct.AddMember), (step.Approval!.State, step.Approval.Act));
        Assert.Null(step.Next!.FindMember("platform-a"));
    }

    [Fact]
    public void There_is_no_way_back_to_one_operator()
    {
        var asked = FourEyes.Request(
            _state,
            new()
            {
                RevokeKey = new() { MemberId = "consortium", Thumbprint = Second },
            },
            First,
            Now
        );
        Assert.Equal(ApprovalAct.RevokeKey, asked.Approval!.Act);

        var alone = Approve(asked.Next!, asked.Approval!, Second, Now).Next!;
        var next = FourEyes.Request(alone, _act, First, Now);

        Assert.Equal(ApprovalState.Pending, next.Approval?.State);
    }

    [Fact]
    public void The_second_operator_approves_and_it_is_done()
    {
        var asked = FourEyes.Request(_state, _act, First, Now);

        var step = Approve(asked.Next!, asked.Approval!, Second, Now);

        Assert.Equal((ApprovalState.Approved, Second), (step.Approval!.State, step.Approval.DecidedBy));
        Assert.Equal(MemberState.Active, step.Next!.FindMember("platform-a")?.State);
        Assert.Null(Approve(step.Next!, asked.Approval!, Second, Now).Next);
    }

    [Fact]
    public void Nobody_approves_what_they_asked_for()
    {
        var asked = FourEyes.Request(_state, _act, First, Now);

        var step = Approve(asked.Next!, asked.Approval!, First, Now);

        Assert.Equal(ErrorReason.ApprovalOwn, step.Refusal?.Reason);
    }

    [Fact]
    public void Whoever_asked_may_take_it_back()
    {
        var asked = FourEyes.Request(_state, _act, First, Now);
        var refused = FourEyes.Refuse(asked.Next!, asked.Approval!.ApprovalId, First, Now);

        Assert.Equal(ApprovalState.Refused, refused.Approval!.State);
        Assert.Equal(ErrorReason.ApprovalClosed, Approve(refused.Next!, asked.Approval!, Second, Now).Refusal?.Reason);
    }

    [Fact]
    public void What_nobody_decides_expires()
    {
        var asked = FourEyes.Request(_state, _act, First, Now);
        var (before, at) = (Now + Limits.ApprovalLife - TimeSpan.FromTicks(1), Now + Limits.ApprovalLife);

        Assert.Null(Approve(asked.Next!, asked.Approval!, Second, before).Refusal);
        Assert.Equal(ErrorReason.ApprovalClosed, Approve(asked.Next!, asked.Approval!, Second, at).Refusal?.Reason);
    }

    [Fact]
    public void The_rules_are_checked_again_when_it_is_approved()
    {
        var asked = FourEyes.Request(_state, _act, First, Now);
        var taken = Add(asked.Next!, "platform-a", [], NewKey(), Now).Next!;

        var step = Approve(taken, asked.Approval!, Second, Now);

        Assert.Equal(ErrorReason.MemberExists, step.Refusal?.Reason);
        Assert.Null(step.Next);
    }

    [Fact]
    public void Asking_twice_asks_once()
    {
        var asked = FourEyes.Request(_state, _act, First, Now);
        var again = FourEyes.Request(asked.Next!, _act, First, Now);

        Assert.Null(again.Next);
        Assert.Equal(asked.Approval, again.Approval);
    }

    [Fact]
    public void What_stops_harm_never_waits()
    {
        var state = Add(_state, "platform-a", [], NewKey(), Now).Next!;

        var step = FourEyes.Request(state, new() { SuspendMember = new() { MemberId = "platform-a" } }, First, Now);

        Assert.Equal(MemberState.Suspended, step.Next!.FindMember("platform-a")!.State);
    }

    [Fact]
    public void Waiting_acts_are_bounded_and_expired_ones_do_not_count()
    {
        var state = _state;
        for (var i = 0; i < Limits.MaxPendingApprovals; i++)
        {
            state = FourEyes.Request(state, GroupAct($"group-{i}"), First, Now).Next!;
        }

        Assert.Equal(
            ErrorReason.TooManyApprovals,
            FourEyes.Request(state, GroupAct("one-more"), First, Now).Refusal?.Reason
        );
        Assert.NotNull(FourEyes.Request(state, GroupAct("one-more"), First, Now + Limits.ApprovalLife).Next);
    }

    [Fact]
    public void What_a_custodian_asks_for_waits_for_an_operator_also_when_there_is_only_one()
    {
        var state = Bootstrapped();
        var act = new RegistryAct { RotateKey = new() { ToKeyId = "email/2/0000000000000002" } };

        var asked = FourEyes.Request(state, act, "custodian", Now);

        Assert.Equal(
            (ApprovalAct.RotateKey, act.RotateKey.ToKeyId, ApprovalState.Pending),
            (asked.Approval!.Act, asked.Approval.KeyId, asked.Approval.State)
        );
        Assert.Empty(asked.Next!.Rotations);
        Assert.Equal(ErrorReason.ApprovalOwn, Approve(asked.Next, asked.Approval, "custodian", Now).Refusal?.Reason);
        Assert.Equal(asked.Approval, FourEyes.Request(asked.Next, act, "custodian", Now).Approval);

        var approved = Approve(asked.Next, asked.Approval, First, Now);
        Assert.Equal([act.RotateKey.ToKeyId], approved.Next!.Rotations.Select(it => it.ToKeyId));
        Assert.Null(FourEyes.Request(approved.Next, act, "custodian", Now).Next); // Ordered already.
        Assert.Equal(
            ErrorReason.ApprovalClosed,
            Approve(asked.Next, asked.Approval, First, Now + Limits.ApprovalLife).Refusal?.Reason
        );
    }

    [Fact]
    public void An_unknown_approval_is_refused() =>
        Assert.Equal(
            ErrorReason.ApprovalNotFound,
            Approve(_state, new() { ApprovalId = ByteString.CopyFrom(new byte[16]) }, Second, Now).Refusal?.Reason
        );
}
