using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;
using static SignalExchange.Grains.Tests.People.PersonActs;

namespace SignalExchange.Grains.Tests.People;

/// <summary>Nobody makes themselves a second operator: of an account that two operators make, each has half of the code.</summary>
public sealed class CodeHalvesTests
{
    private readonly RegistryState _state = WithTwoOperators();
    private readonly RegistryAct _carol = Invitation("carol");
    private readonly byte[] _half = Random(32).ToByteArray();

    private string Asker => OperatorOf(_state, 0);

    private string Approver => OperatorOf(_state, 1);

    private ByteString Both => ByteString.CopyFrom(CodeHalves.Join(_carol.InvitePerson.CodeDigest.Span, _half));

    [Fact]
    public void Who_asked_for_an_account_cannot_sign_in_as_the_new_human()
    {
        var state = Invited();

        Assert.Equal(ErrorReason.SignInRefused, Redeem(state, _carol).Refusal?.Reason);
        Assert.Equal(ErrorReason.SignInRefused, RedeemBy(state, _carol, ByteString.CopyFrom(_half)).Refusal?.Reason);
        Assert.Equal(PersonState.Active, RedeemBy(state, _carol, Both).Person!.State);
    }

    [Fact]
    public void Who_asked_for_a_reset_cannot_sign_in_as_the_one_who_is_reset()
    {
        var state = WithPerson(_state, _carol);
        var reset = new RegistryAct
        {
            ResetPerson = new() { AccountId = _carol.InvitePerson.AccountId, CodeDigest = Random(32) },
        };
        var asked = FourEyes.Request(state, reset, Asker, Now);
        var given = Approve(asked.Next!, asked.Approval!, Approver, Now, _half).Next!;
        var both = CodeHalves.Join(reset.ResetPerson.CodeDigest.Span, _half);

        Assert.NotNull(RedeemBy(given, _carol, reset.ResetPerson.CodeDigest).Refusal);
        Assert.Null(RedeemBy(given, _carol, ByteString.CopyFrom(both)).Refusal);
    }

    [Fact]
    public void Before_it_is_approved_no_half_is_good_for_anything()
    {
        var asked = FourEyes.Request(_state, _carol, Asker, Now).Next!;

        Assert.Equal(ErrorReason.SignInRefused, RedeemBy(asked, _carol, Both).Refusal?.Reason);
    }

    [Fact]
    public void The_halves_are_read_in_either_order_and_make_no_other_code()
    {
        var (one, other) = (Random(32).ToByteArray(), Random(32).ToByteArray());

        Assert.Equal(CodeHalves.Join(one, other), CodeHalves.Join(other, one));
        Assert.NotEqual(CodeHalves.Join(one, other), CodeHalves.Join(one, one));
        Assert.NotEqual(one, CodeHalves.Join(one, other));
    }

    [Fact]
    public void Who_asked_for_an_account_and_that_account_approve_nothing_of_each_other()
    {
        var state = RedeemBy(Invited(), _carol, Both).Next!;
        var account = _carol.InvitePerson.AccountId;

        Assert.Equal(ErrorReason.ApprovalNotIndependent, Decided(state, asker: Asker, approver: account));
        Assert.Equal(ErrorReason.ApprovalNotIndependent, Decided(state, asker: account, approver: Asker));
        Assert.Null(Decided(state, asker: Approver, approver: account));
        Assert.Null(Decided(state, asker: account, approver: Approver));
    }

    [Fact]
    public void A_human_with_a_key_of_their_own_is_never_left_with_nobody_to_ask()
    {
        var own = Invitation("carol", key: Approver);
        var asked = FourEyes.Request(_state, own, Asker, Now);
        var state = Approve(asked.Next!, asked.Approval!, Approver, Now, _half).Next!;

        Assert.Equal(
            ErrorReason.ApprovalNotIndependent,
            Decided(state, asker: Asker, approver: own.InvitePerson.AccountId)
        );
        Assert.Null(Decided(state, asker: Asker, approver: Approver));
    }

    [Fact]
    public void A_code_by_the_servers_command_ends_the_tie()
    {
        var state = RedeemBy(Invited(), _carol, Both).Next!;
        var reset = PersonCodes.GiveByServer(state, "carol", NewAccount(), Random(32), Now).Next!;

        Assert.Null(Decided(reset, asker: Asker, approver: _carol.InvitePerson.AccountId));
    }

    private RegistryState Invited()
    {
        var asked = FourEyes.Request(_state, _carol, Asker, Now);
        return Approve(asked.Next!, asked.Approval!, Approver, Now, _half).Next!;
    }

    private static ErrorReason? Decided(RegistryState state, string asker, string approver)
    {
        var asked = FourEyes.Request(state, AddAct("platform-a", [], NewKey()), asker, Now);
        return Approve(asked.Next!, asked.Approval!, approver, Now).Refusal?.Reason;
    }
}
