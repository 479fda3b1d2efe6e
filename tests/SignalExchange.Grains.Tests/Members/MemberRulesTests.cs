using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

public sealed class MemberRulesTests
{
    [Fact]
    public void The_consortium_is_made_once()
    {
        var state = Bootstrapped();

        var member = Assert.Single(state.Members);
        Assert.Equal(("consortium", KeyRole.Operator), (member.MemberId, member.Keys[0].Role));
        Assert.Equal(ErrorReason.MemberExists, Acts.Bootstrap(state, NewKey(), Now).Refusal?.Reason);
    }

    [Fact]
    public void Adding_the_same_member_again_changes_nothing()
    {
        var key = NewKey();
        var state = Acts.Add(Bootstrapped(), "platform-a", ["ring", "circle"], key, Now).Next!;

        var again = Acts.Add(state, "platform-a", ["circle", "ring"], key, Now);

        Assert.Null(again.Next);
        Assert.Null(again.Refusal);
        Assert.Equal("platform-a", again.Member!.MemberId);
    }

    [Fact]
    public void A_member_of_the_same_id_with_another_key_is_refused()
    {
        var state = Acts.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;

        Assert.Equal(ErrorReason.MemberExists, Acts.Add(state, "platform-a", [], NewKey(), Now).Refusal?.Reason);
    }

    [Fact]
    public void Nobody_joins_as_the_consortium() =>
        Assert.Equal(
            ErrorReason.RoleDoesNotFit,
            Acts.Add(new RegistryState(), "consortium", [], NewKey(), Now).Refusal?.Reason
        );

    [Fact]
    public void A_key_has_one_owner_for_ever()
    {
        var key = NewKey();
        var state = Acts.Add(Bootstrapped(), "platform-a", [], key, Now).Next!;
        var thumbprint = state.Members.Single(member => member.MemberId == "platform-a").Keys[0].Thumbprint;
        var revoked = Acts.RevokeKey(state, "platform-a", thumbprint, Now).Next!;

        Assert.Equal(ErrorReason.MemberKeyExists, Acts.Add(revoked, "platform-b", [], key, Now).Refusal?.Reason);
        Assert.Equal(
            ErrorReason.MemberKeyExists,
            Acts.AddKey(revoked, "platform-a", key, KeyRole.MemberBackend, Now).Refusal?.Reason
        );
    }

    [Fact]
    public void Operator_keys_are_the_consortiums_only()
    {
        var state = Acts.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;

        Assert.Equal(
            ErrorReason.RoleDoesNotFit,
            Acts.AddKey(state, "platform-a", NewKey(), KeyRole.Operator, Now).Refusal?.Reason
        );
        Assert.Equal(
            ErrorReason.RoleDoesNotFit,
            Acts.AddKey(state, "consortium", NewKey(), KeyRole.MemberBackend, Now).Refusal?.Reason
        );
    }

    [Fact]
    public void The_last_operator_key_stays()
    {
        var state = Bootstrapped();
        var first = state.Members[0].Keys[0].Thumbprint;
        var two = Acts.AddKey(state, "consortium", NewKey(), KeyRole.Operator, Now).Next!;

        Assert.Equal(ErrorReason.LastOperator, Acts.RevokeKey(state, "consortium", first, Now).Refusal?.Reason);
        Assert.NotNull(Acts.RevokeKey(two, "consortium", first, Now).Next);
        Assert.Equal(
            ErrorReason.LastOperator,
            Acts.SetState(state, "consortium", MemberState.Suspended).Refusal?.Reason
        );
    }

    [Fact]
    public void Live_keys_are_bounded_and_revoked_ones_do_not_count()
    {
        var state = Acts.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        for (var i = 1; i < Limits.MaxLiveKeys; i++)
        {
            state = Acts.AddKey(state, "platform-a", NewKey(), KeyRole.MemberBackend, Now).Next!;
        }

        var oneMore = Acts.AddKey(state, "platform-a", NewKey(), KeyRole.MemberBackend, Now);
        var first = state.Members.Single(member => member.MemberId == "platform-a").Keys[0].Thumbprint;
        var revoked = Acts.RevokeKey(state, "platform-a", first, Now).Next!;

        Assert.Equal(ErrorReason.TooManyKeys, oneMore.Refusal?.Reason);
        Assert.NotNull(Acts.AddKey(revoked, "platform-a", NewKey(), KeyRole.MemberBackend, Now).Next);
    }

    [Fact]
    public void Suspending_is_idempotent_and_can_be_undone()
    {
        var state = Acts.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        var suspended = Acts.SetState(state, "platform-a", MemberState.Suspended);

        Assert.Equal(MemberState.Suspended, suspended.Member!.State);
        Assert.Null(Acts.SetState(suspended.Next!, "platform-a", MemberState.Suspended).Next);
        Assert.NotNull(Acts.SetState(suspended.Next!, "platform-a", MemberState.Active).Next);
    }

    [Theory]
    [InlineData(MemberState.Test)]
    [InlineData(MemberState.Active)]
    public void Reinstated_a_member_is_what_it_was_when_it_was_suspended(MemberState before)
    {
        var state = Acts.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        state.FindMember("platform-a")!.State = before;

        var suspended = Acts.SetState(state, "platform-a", MemberState.Suspended);
        var reinstated = Acts.SetState(suspended.Next!, "platform-a", MemberState.Active);

        Assert.Equal((MemberState.Suspended, before), (suspended.Member!.State, suspended.Member.SuspendedIn));
        Assert.Equal((before, MemberState.Unspecified), (reinstated.Member!.State, reinstated.Member.SuspendedIn));
        Assert.Null(Acts.SetState(reinstated.Next!, "platform-a", MemberState.Active).Next);
    }

    [Fact]
    public void Of_a_member_in_test_mode_only_activation_makes_an_active_one()
    {
        var state = Acts.Add(WithTwoOperators(), "platform-a", [], NewKey(), Now).Next!;
        state.FindMember("platform-a")!.State = MemberState.Test;
        var suspended = Acts.SetState(state, "platform-a", MemberState.Suspended).Next!;

        Assert.Equal(
            ErrorReason.MemberStateWrong,
            RegistryActs
                .Apply(suspended, new() { ActivateMember = new() { MemberId = "platform-a" } }, Now)
                .Refusal?.Reason
        );
        var back = Acts.SetState(suspended, "platform-a", MemberState.Active).Next!;
        Assert.Equal(MemberState.Test, back.FindMember("platform-a")!.State);
    }

    [Fact]
    public void What_is_not_a_key_is_refused() =>
        Assert.Equal(
            ErrorReason.PublicKeyInvalid,
            Acts.Add(Bootstrapped(), "platform-a", [], ByteString.CopyFrom(new byte[91]), Now).Refusal?.Reason
        );

    [Fact]
    public void Whoever_left_has_no_keys_and_no_groups_and_never_comes_back()
    {
        var state = Acts.Add(Bootstrapped(), "platform-a", ["ring"], NewKey(), Now).Next!;

        var gone = Acts.Offboard(state, "platform-a", OffboardedSignals.Withdraw).Next!;
        var member = gone.FindMember("platform-a")!;

        Assert.Equal(MemberState.OffboardedWithdrawn, member.State);
        Assert.All(member.Keys, key => Assert.NotNull(key.RevokedAt));
        Assert.Empty(member.GroupIds);
        Assert.Empty(gone.FindGroup("ring")!.Members);
        Assert.Equal(
            ErrorReason.MemberStateWrong,
            Acts.SetState(gone, "platform-a", MemberState.Active).Refusal?.Reason
        );
        Assert.Equal(
            ErrorReason.MemberStateWrong,
            Acts.AddKey(gone, "platform-a", NewKey(), KeyRole.MemberBackend, Now).Refusal?.Reason
        );
    }

    [Fact]
    public void Nobody_takes_a_name_that_looks_like_a_pseudonym() =>
        Assert.Equal(
            ErrorReason.RoleDoesNotFit,
            Acts.Add(Bootstrapped(), "pseudonym-0123456789abcdef", [], NewKey(), Now).Refusal?.Reason
        );
}
