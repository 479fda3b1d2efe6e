using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;
using static SignalExchange.Grains.Tests.People.PersonActs;

namespace SignalExchange.Grains.Tests.People;

/// <summary>Four eyes count humans: one with a key and an account is one of them.</summary>
public sealed class FourEyesOfPeopleTests
{
    private readonly RegistryAct _act = AddAct("platform-a", [], NewKey());

    [Fact]
    public void The_bootstraps_key_and_the_first_account_are_one_human_who_acts_alone()
    {
        var state = Bootstrapped();
        var own = Invitation("olga", key: OperatorOf(state, 0));

        var next = WithPerson(state, own);

        Assert.False(next.FourEyes);
        Assert.Null(FourEyes.Request(next, _act, own.InvitePerson.AccountId, Now).Approval);
    }

    [Fact]
    public void One_human_does_not_approve_by_the_account_what_was_asked_for_by_the_key()
    {
        var state = Bootstrapped();
        var own = Invitation("olga", key: OperatorOf(state, 0));
        var next = WithPerson(WithPerson(state, own), Invitation("otto"));
        var asked = FourEyes.Request(next, _act, OperatorOf(state, 0), Now);

        var step = Approve(asked.Next!, asked.Approval!, own.InvitePerson.AccountId, Now);

        Assert.Equal(ErrorReason.ApprovalOwn, step.Refusal?.Reason);
    }

    [Fact]
    public void A_second_human_turns_four_eyes_on_when_enrolled_and_not_when_invited()
    {
        var otto = Invitation("otto");
        var invited = RegistryActs.Apply(Bootstrapped(), otto, Now).Next!;

        Assert.False(invited.FourEyes);
        Assert.True(Redeem(invited, otto).Next!.FourEyes);
    }

    [Fact]
    public void An_operator_by_the_provider_is_a_second_human_unless_the_claims_name_the_key()
    {
        Person Seen(string key) =>
            new()
            {
                AccountId = NewAccount(),
                Login = "olga",
                MemberId = "consortium",
                Role = KeyRole.Operator,
                KeyThumbprint = key,
            };
        var state = Bootstrapped();

        Assert.False(ProviderRules.Record(state, Seen(OperatorOf(state, 0)), Now).Next!.FourEyes);
        Assert.True(ProviderRules.Record(state, Seen(""), Now).Next!.FourEyes);
    }

    [Fact]
    public void Accounts_wait_for_a_second_operator_also_those_of_members_administrators()
    {
        var state = Add(WithTwoOperators(), "platform-a", [], NewKey(), Now).Next!;
        var marc = Invitation("marc", KeyRole.MemberAdministrator, "platform-a");

        Assert.All(
            [Invitation("otto"), marc],
            act =>
                Assert.Equal(
                    ApprovalAct.InvitePerson,
                    FourEyes.Request(state, act, OperatorOf(state, 0), Now).Approval?.Act
                )
        );
    }

    [Fact]
    public void A_sole_operator_gives_a_members_administrator_a_whole_code()
    {
        var state = Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        var marc = Invitation("marc", KeyRole.MemberAdministrator, "platform-a");

        var made = FourEyes.Request(state, marc, OperatorOf(state, 0), Now);

        Assert.Null(made.Approval);
        Assert.Null(Redeem(made.Next!, marc).Refusal);
    }

    [Fact]
    public void Giving_an_operator_new_credentials_waits_and_revoking_one_does_not()
    {
        var state = WithTwoOperators();
        var otto = Invitation("otto");
        state = WithPerson(state, otto);
        var account = otto.InvitePerson.AccountId;

        var reset = FourEyes.Request(
            state,
            new()
            {
                ResetPerson = new() { AccountId = account, CodeDigest = Random(32) },
            },
            OperatorOf(state, 0),
            Now
        );
        var revoke = FourEyes.Request(
            state,
            new() { RevokePerson = new() { AccountId = account } },
            OperatorOf(state, 0),
            Now
        );

        Assert.Equal((ApprovalAct.ResetPerson, "otto"), (reset.Approval!.Act, reset.Approval.Login));
        Assert.Equal(PersonState.Revoked, revoke.Person!.State);
    }
}
