using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;
using static SignalExchange.Grains.Tests.People.PersonActs;

namespace SignalExchange.Grains.Tests.People;

public sealed class PersonRulesTests
{
    private readonly RegistryState _state = Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;

    [Fact]
    public void An_invited_person_enrols_once_in_the_codes_day()
    {
        var invitation = Invitation("olga");
        var invited = RegistryActs.Apply(_state, invitation, Now).Next!;

        Assert.Equal(
            ErrorReason.SignInRefused,
            Redeem(invited, invitation, Now + Limits.SignInCodeLife).Refusal?.Reason
        );
        var enrolled = Redeem(invited, invitation, Now + Limits.SignInCodeLife - TimeSpan.FromTicks(1));
        Assert.Equal(PersonState.Active, enrolled.Person!.State);
        Assert.Equal(ErrorReason.SignInRefused, Redeem(enrolled.Next!, invitation).Refusal?.Reason);
    }

    [Fact]
    public void A_code_is_good_for_its_own_account_only()
    {
        var (olga, otto) = (Invitation("olga"), Invitation("otto"));
        var state = RegistryActs.Apply(RegistryActs.Apply(_state, olga, Now).Next!, otto, Now).Next!;
        otto.InvitePerson.CodeDigest = olga.InvitePerson.CodeDigest;

        Assert.Equal(ErrorReason.SignInRefused, Redeem(state, otto).Refusal?.Reason);
    }

    [Theory]
    [InlineData("olga", KeyRole.MemberAdministrator, "consortium", "", ErrorReason.RoleDoesNotFit)]
    [InlineData("olga", KeyRole.MemberBackend, "platform-a", "", ErrorReason.RoleDoesNotFit)]
    [InlineData("olga", KeyRole.Operator, "platform-a", "", ErrorReason.RoleDoesNotFit)]
    [InlineData("olga", KeyRole.KeyCustodian, "consortium", "", ErrorReason.RoleDoesNotFit)]
    [InlineData("olga", KeyRole.MemberAdministrator, "platform-z", "", ErrorReason.MemberNotFound)]
    [InlineData("olga", KeyRole.Operator, "consortium", "AAAA", ErrorReason.MemberKeyNotFound)]
    public void An_account_that_makes_no_sense_is_refused(
        string login,
        KeyRole role,
        string member,
        string key,
        ErrorReason why
    ) => Assert.Equal(why, RegistryActs.Apply(_state, Invitation(login, role, member, key), Now).Refusal?.Reason);

    [Fact]
    public void A_login_is_one_persons_also_when_the_account_was_revoked()
    {
        var invitation = Invitation("olga");
        var state = WithPerson(_state, invitation);
        var revoked = PersonRules.Revoke(state, new() { AccountId = invitation.InvitePerson.AccountId }, Now).Next!;

        Assert.Equal(ErrorReason.LoginTaken, RegistryActs.Apply(revoked, Invitation("olga"), Now).Refusal?.Reason);
    }

    [Fact]
    public void The_same_invitation_again_replaces_the_code()
    {
        var (first, second) = (Invitation("olga"), Invitation("olga"));
        var state = RegistryActs.Apply(RegistryActs.Apply(_state, first, Now).Next!, second, Now).Next!;

        Assert.Single(state.People);
        Assert.NotNull(Redeem(state, first).Refusal);
        second.InvitePerson.AccountId = first.InvitePerson.AccountId;
        Assert.Null(Redeem(state, second).Refusal);
    }

    [Fact]
    public void New_credentials_and_revocation_end_every_session()
    {
        var invitation = Invitation("olga");
        var account = invitation.InvitePerson.AccountId;
        var state = WithPerson(_state, invitation);
        var epoch = state.FindPerson(account)!.SessionEpoch;

        var revoked = PersonRules.Revoke(state, new() { AccountId = account }, Now).Next!;
        var signedOut = PersonRules.SignOut(state, new() { AccountId = account }).Next!;

        Assert.True(revoked.FindPerson(account)!.SessionEpoch > epoch);
        Assert.True(signedOut.FindPerson(account)!.SessionEpoch > epoch);
    }

    [Fact]
    public void A_member_that_leaves_takes_its_administrators_with_it()
    {
        var invitation = Invitation("marc", KeyRole.MemberAdministrator, "platform-a");
        var state = Offboard(WithPerson(_state, invitation), "platform-a", OffboardedSignals.Keep).Next!;

        Assert.Equal(PersonState.Revoked, state.FindPerson(invitation.InvitePerson.AccountId)!.Person.State);
    }

    [Fact]
    public void The_servers_command_makes_the_first_account_and_no_second()
    {
        var state = Bootstrapped();
        var first = PersonCodes.GiveByServer(state, "olga", NewAccount(), Random(32), Now);

        Assert.Equal((KeyRole.Operator, OperatorOf(state, 0)), (first.Person!.Role, first.Person.KeyThumbprint));
        Assert.Equal(
            ErrorReason.PersonNotFound,
            PersonCodes.GiveByServer(first.Next!, "mallory", NewAccount(), Random(32), Now).Refusal?.Reason
        );
        Assert.Null(PersonCodes.GiveByServer(first.Next!, "olga", NewAccount(), Random(32), Now).Refusal);
    }

    [Fact]
    public void Whom_the_provider_describes_otherwise_has_that_role_from_then_on_and_no_older_session()
    {
        var seen = new Person
        {
            AccountId = NewAccount(),
            Login = "olga",
            MemberId = "consortium",
            Role = KeyRole.Operator,
        };
        var first = ProviderRules.Record(_state, seen, Now).Next!;
        var epoch = first.FindPerson(seen.AccountId)!.SessionEpoch;
        seen.Role = KeyRole.Auditor;

        var second = ProviderRules.Record(first, seen, Now).Next!;

        Assert.Equal(KeyRole.Auditor, second.FindPerson(seen.AccountId)!.Person.Role);
        Assert.True(second.FindPerson(seen.AccountId)!.SessionEpoch > epoch);
        Assert.Null(ProviderRules.Record(second, seen, Now).Next);
    }

    [Fact]
    public void Whoever_was_revoked_here_does_not_come_back_by_the_provider()
    {
        var seen = new Person
        {
            AccountId = NewAccount(),
            Login = "olga",
            MemberId = "consortium",
            Role = KeyRole.Operator,
        };
        var state = ProviderRules.Record(_state, seen, Now).Next!;
        var revoked = PersonRules.Revoke(state, new() { AccountId = seen.AccountId }, Now).Next!;

        Assert.Equal(ErrorReason.PersonStateWrong, ProviderRules.Record(revoked, seen, Now).Refusal?.Reason);
    }

    [Fact]
    public void Two_people_of_one_name_at_the_provider_are_told_apart()
    {
        Person Named(string login) =>
            new()
            {
                AccountId = NewAccount(),
                Login = login,
                MemberId = "consortium",
                Role = KeyRole.Auditor,
            };
        var state = ProviderRules.Record(_state, Named("anna"), Now).Next!;

        Assert.Equal("anna-2", ProviderRules.Record(state, Named("anna"), Now).Person!.Login);
    }
}
