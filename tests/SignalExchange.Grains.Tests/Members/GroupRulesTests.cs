using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

public sealed class GroupRulesTests
{
    [Fact]
    public void A_group_is_made_by_the_first_member_and_shows_on_it()
    {
        var state = Add(Bootstrapped(), "platform-a", ["ring"], NewKey(), Now).Next!;

        Assert.Equal(1u, state.FindGroup("ring")!.Epoch);
        Assert.Equal(["ring"], state.FindMember("platform-a")!.GroupIds);
    }

    [Fact]
    public void Each_change_of_who_belongs_is_an_epoch_and_the_same_again_is_none()
    {
        var state = Add(Bootstrapped(), "platform-a", ["ring"], NewKey(), Now).Next!;

        var changed = RegistryActs.Apply(state, GroupAct("ring", Part("platform-a", canUse: false)), Now);
        var again = RegistryActs.Apply(changed.Next!, GroupAct("ring", Part("platform-a", canUse: false)), Now);

        Assert.Equal(2u, changed.Group!.Epoch);
        Assert.Null(again.Next);
    }

    [Fact]
    public void Whoever_may_only_use_a_group_does_not_see_it()
    {
        var state = Add(Bootstrapped(), "platform-a", ["ring"], NewKey(), Now).Next!;

        var next = RegistryActs.Apply(state, GroupAct("ring", Part("platform-a", canSee: false)), Now).Next!;

        Assert.Empty(next.FindMember("platform-a")!.GroupIds);
    }

    [Fact]
    public void A_group_names_no_strangers_and_nobody_twice()
    {
        var state = Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        var stranger = RegistryActs.Apply(state, GroupAct("ring", Part("platform-a"), Part("stranger")), Now);
        var twice = RegistryActs.Apply(state, GroupAct("ring", Part("platform-a"), Part("platform-a")), Now);

        Assert.Equal(ErrorReason.MemberNotFound, stranger.Refusal?.Reason);
        Assert.Equal(ErrorReason.DuplicateInBatch, twice.Refusal?.Reason);
    }
}
