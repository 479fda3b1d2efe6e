using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

/// <summary>No member makes the registry grow without end: it is written and sent whole, and where it does not fit any more nobody can be suspended.</summary>
public sealed class KeyHistoriesTests
{
    [Fact]
    public void A_member_adds_so_many_keys_to_itself_a_year_and_not_one_more()
    {
        var (state, administrator) = WithAdministrator();
        var last = Now.AddDays(100);
        state = Rounds(state, administrator, Limits.MaxKeysAddedPerYear, last);

        var oneMore = AddBy(state, administrator, Now.AddDays(364));
        Assert.Equal(ErrorReason.TooManyKeysThisYear, oneMore.Refusal!.Value.Reason);
        Assert.Equal(Limits.MaxKeysAddedPerYear, oneMore.Refusal.Value.Limit);
        Assert.NotNull(AddBy(state, OperatorOf(state, 0), Now.AddDays(364)).Next);

        Assert.Null(AddBy(state, administrator, last.AddDays(364)).Next);
        var next = AddBy(state, administrator, last.AddDays(365)).Next!;
        Assert.Single(next.KeyHistories[0].AddedOn);
    }

    [Fact]
    public void A_persons_account_counts_as_its_member_and_adding_a_key_twice_counts_once()
    {
        var (state, _) = WithAdministrator();
        state.People.Add(
            new PersonRecord
            {
                Person = new() { AccountId = "an-account", MemberId = "platform-a" },
            }
        );
        var act = AddAct(out _);

        var once = KeyHistories.Count(RegistryActs.Apply(state, act, Now), state, act, "an-account", Now).Next!;
        var twice = KeyHistories.Count(RegistryActs.Apply(once, act, Now), once, act, "an-account", Now);

        Assert.Single(once.KeyHistories[0].AddedOn);
        Assert.Equal((null, null), (twice.Next, twice.Refusal));
    }

    [Fact]
    public void Nobody_wears_the_registry_out_by_adding_and_revoking_keys()
    {
        var (state, administrator) = WithAdministrator();
        state = Rounds(state, administrator, Limits.MaxKeysAddedPerYear, Now);
        var before = state.CalculateSize();

        // Ten years at the limit.
        for (var year = 1; year <= 10; year++)
        {
            state = Rounds(state, administrator, Limits.MaxKeysAddedPerYear, Now.AddDays(365 * year));
        }

        Assert.Equal(Limits.MaxRevokedKeys + 1, state.FindMember("platform-a")!.Keys.Count);
        Assert.InRange(state.CalculateSize() - before, 0, 11_000);
    }

    [Fact]
    public void A_key_that_is_not_listed_any_more_never_comes_back_and_revoking_it_again_is_no_error()
    {
        var (state, administrator) = WithAdministrator();
        var act = AddAct(out var key);
        state = RegistryActs.Apply(state, act, Now).Next!;
        var thumbprint = state.FindMember("platform-a")!.Keys[^1].Thumbprint;
        state = RevokeKey(state, "platform-a", thumbprint, Now).Next!;
        state = Rounds(state, administrator, Limits.MaxRevokedKeys, Now.AddDays(1));

        Assert.DoesNotContain(state.FindMember("platform-a")!.Keys, it => it.Thumbprint == thumbprint);
        Assert.Equal(ErrorReason.MemberKeyExists, RegistryActs.Apply(state, act, Now).Refusal?.Reason);
        Assert.Equal(ErrorReason.MemberKeyExists, Add(state, "platform-b", [], key, Now).Refusal?.Reason);
        Assert.Equal((null, null), NothingOf(RevokeKey(state, "platform-a", thumbprint, Now)));
        Assert.Equal(ErrorReason.MemberKeyNotFound, RevokeKey(state, "consortium", thumbprint, Now).Refusal?.Reason);
    }

    private static (object?, object?) NothingOf(RegistryStep step) => (step.Next, step.Refusal);

    private static (RegistryState State, string Administrator) WithAdministrator()
    {
        var state = Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        return (state, state.FindMember("platform-a")!.Keys[0].Thumbprint);
    }

    // Adds a key and revokes it, so many times.
    private static RegistryState Rounds(RegistryState state, string actor, int rounds, DateTimeOffset now)
    {
        for (var round = 0; round < rounds; round++)
        {
            state = AddBy(state, actor, now).Next!;
            var added = state.FindMember("platform-a")!.Keys[^1].Thumbprint;
            state = RevokeKey(state, "platform-a", added, now.AddSeconds(round)).Next!;
        }

        return state;
    }

    private static RegistryStep AddBy(RegistryState state, string actor, DateTimeOffset now)
    {
        var act = AddAct(out _);
        return KeyHistories.Count(RegistryActs.Apply(state, act, now), state, act, actor, now);
    }

    private static RegistryAct AddAct(out Google.Protobuf.ByteString key)
    {
        key = NewKey();
        return new()
        {
            AddKey = new()
            {
                MemberId = "platform-a",
                PublicKey = key,
                Role = KeyRole.MemberBackend,
            },
        };
    }
}
