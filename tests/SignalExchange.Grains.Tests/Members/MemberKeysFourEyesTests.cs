using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Grains.Tests.People;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

/// <summary>No operator alone becomes a member: what speaks for a member is added by two, or by the member.</summary>
public sealed class MemberKeysFourEyesTests
{
    private readonly RegistryState _state = Add(WithTwoOperators(), "platform-a", [], NewKey(), Now).Next!;

    private string Operator => OperatorOf(_state, 0);

    [Theory]
    [InlineData(KeyRole.MemberBackend)]
    [InlineData(KeyRole.MemberAdministrator)]
    public void An_operator_alone_adds_no_key_to_a_member(KeyRole role)
    {
        var asked = FourEyes.Request(_state, KeyAct("platform-a", NewKey(), role), Operator, Now);

        Assert.Equal((ApprovalAct.AddKey, "platform-a"), (asked.Approval!.Act, asked.Approval.MemberId));
        Assert.Equal(_state.FindMember("platform-a"), asked.Next!.FindMember("platform-a"));
    }

    [Fact]
    public void An_operator_does_not_get_there_by_revoking_the_members_keys_first()
    {
        var key = _state.FindMember("platform-a")!.Keys[0].Thumbprint;
        var bare = RevokeKey(_state, "platform-a", key, Now).Next!;

        var asked = FourEyes.Request(bare, KeyAct("platform-a", NewKey(), KeyRole.MemberBackend), Operator, Now);

        Assert.Equal(ApprovalState.Pending, asked.Approval?.State);
    }

    [Fact]
    public void A_members_own_administrator_adds_its_keys_alone_by_a_key_or_an_account()
    {
        var marc = PersonActs.Invitation("marc", KeyRole.MemberAdministrator, "platform-a");
        var state = PersonActs.WithPerson(_state, marc);
        state = AddKey(state, "platform-a", NewKey(), KeyRole.MemberAdministrator, Now).Next!;
        var administrator = state.FindMember("platform-a")!.Keys[^1].Thumbprint;

        Assert.All(
            [administrator, marc.InvitePerson.AccountId],
            own =>
                Assert.Null(
                    FourEyes.Request(state, KeyAct("platform-a", NewKey(), KeyRole.MemberBackend), own, Now).Approval
                )
        );
    }

    [Fact]
    public void A_sole_operator_adds_a_members_key_as_it_does_everything()
    {
        var state = Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;

        var step = FourEyes.Request(
            state,
            KeyAct("platform-a", NewKey(), KeyRole.MemberBackend),
            OperatorOf(state, 0),
            Now
        );

        Assert.Equal(2, step.Member!.Keys.Count);
    }
}
