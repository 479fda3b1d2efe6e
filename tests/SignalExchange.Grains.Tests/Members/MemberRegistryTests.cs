using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Members;

public sealed class MemberRegistryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_consortium_is_made_once()
    {
        var state = Bootstrapped();

        var member = Assert.Single(state.Members);
        Assert.Equal(("consortium", KeyRole.Operator), (member.MemberId, member.Keys[0].Role));
        Assert.Equal(ErrorReason.MemberExists, MemberRegistry.Bootstrap(state, NewKey(), Now).Refusal?.Reason);
    }

    [Fact]
    public void Adding_the_same_member_again_changes_nothing()
    {
        var key = NewKey();
        var state = MemberRegistry.Add(Bootstrapped(), "platform-a", ["ring", "circle"], key, Now).Next!;

        var again = MemberRegistry.Add(state, "platform-a", ["circle", "ring"], key, Now);

        Assert.Null(again.Next);
        Assert.Null(again.Refusal);
        Assert.Equal("platform-a", again.Member!.MemberId);
    }

    [Fact]
    public void A_member_of_the_same_id_with_another_key_is_refused()
    {
        var state = MemberRegistry.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;

        Assert.Equal(
            ErrorReason.MemberExists,
            MemberRegistry.Add(state, "platform-a", [], NewKey(), Now).Refusal?.Reason
        );
    }

    [Fact]
    public void Nobody_joins_as_the_consortium() =>
        Assert.Equal(
            ErrorReason.RoleDoesNotFit,
            MemberRegistry.Add(new RegistryState(), "consortium", [], NewKey(), Now).Refusal?.Reason
        );

    [Fact]
    public void A_key_has_one_owner_for_ever()
    {
        var key = NewKey();
        var state = MemberRegistry.Add(Bootstrapped(), "platform-a", [], key, Now).Next!;
        var thumbprint = state.Members.Single(member => member.MemberId == "platform-a").Keys[0].Thumbprint;
        var revoked = MemberRegistry.RevokeKey(state, "platform-a", thumbprint, Now).Next!;

        Assert.Equal(
            ErrorReason.MemberKeyExists,
            MemberRegistry.Add(revoked, "platform-b", [], key, Now).Refusal?.Reason
        );
        Assert.Equal(
            ErrorReason.MemberKeyExists,
            MemberRegistry.AddKey(revoked, "platform-a", key, KeyRole.MemberBackend, Now).Refusal?.Reason
        );
    }

    [Fact]
    public void Operator_keys_are_the_consortiums_only()
    {
        var state = MemberRegistry.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;

        Assert.Equal(
            ErrorReason.RoleDoesNotFit,
            MemberRegistry.AddKey(state, "platform-a", NewKey(), KeyRole.Operator, Now).Refusal?.Reason
        );
        Assert.Equal(
            ErrorReason.RoleDoesNotFit,
            MemberRegistry.AddKey(state, "consortium", NewKey(), KeyRole.MemberBackend, Now).Refusal?.Reason
        );
    }

    [Fact]
    public void The_last_operator_key_stays()
    {
        var state = Bootstrapped();
        var first = state.Members[0].Keys[0].Thumbprint;
        var two = MemberRegistry.AddKey(state, "consortium", NewKey(), KeyRole.Operator, Now).Next!;

        Assert.Equal(
            ErrorReason.LastOperator,
            MemberRegistry.RevokeKey(state, "consortium", first, Now).Refusal?.Reason
        );
        Assert.NotNull(MemberRegistry.RevokeKey(two, "consortium", first, Now).Next);
        Assert.Equal(
            ErrorReason.LastOperator,
            MemberRegistry.SetState(state, "consortium", MemberState.Suspended).Refusal?.Reason
        );
    }

    [Fact]
    public void Live_keys_are_bounded_and_revoked_ones_do_not_count()
    {
        var state = MemberRegistry.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        for (var i = 1; i < Limits.MaxLiveKeys; i++)
        {
            state = MemberRegistry.AddKey(state, "platform-a", NewKey(), KeyRole.MemberBackend, Now).Next!;
        }

        var oneMore = MemberRegistry.AddKey(state, "platform-a", NewKey(), KeyRole.MemberBackend, Now);
        var first = state.Members.Single(member => member.MemberId == "platform-a").Keys[0].Thumbprint;
        var revoked = MemberRegistry.RevokeKey(state, "platform-a", first, Now).Next!;

        Assert.Equal(ErrorReason.TooManyKeys, oneMore.Refusal?.Reason);
        Assert.NotNull(MemberRegistry.AddKey(revoked, "platform-a", NewKey(), KeyRole.MemberBackend, Now).Next);
    }

    [Fact]
    public void Suspending_is_idempotent_and_can_be_undone()
    {
        var state = MemberRegistry.Add(Bootstrapped(), "platform-a", [], NewKey(), Now).Next!;
        var suspended = MemberRegistry.SetState(state, "platform-a", MemberState.Suspended);

        Assert.Equal(MemberState.Suspended, suspended.Member!.State);
        Assert.Null(MemberRegistry.SetState(suspended.Next!, "platform-a", MemberState.Suspended).Next);
        Assert.NotNull(MemberRegistry.SetState(suspended.Next!, "platform-a", MemberState.Active).Next);
    }

    [Fact]
    public void What_is_not_a_key_is_refused() =>
        Assert.Equal(
            ErrorReason.PublicKeyInvalid,
            MemberRegistry.Add(Bootstrapped(), "platform-a", [], ByteString.CopyFrom(new byte[91]), Now).Refusal?.Reason
        );

    private static RegistryState Bootstrapped() => MemberRegistry.Bootstrap(new RegistryState(), NewKey(), Now).Next!;

    private static ByteString NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ByteString.CopyFrom(key.ExportSubjectPublicKeyInfo());
    }
}
