using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Members;

/// <summary>Acts on a registry, in few words.</summary>
internal static class Acts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static ByteString NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ByteString.CopyFrom(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>A registry with a consortium and one operator.</summary>
    public static RegistryState Bootstrapped() => Bootstrap(new RegistryState(), NewKey(), Now).Next!;

    /// <summary>A registry with two operators, so that acts need both.</summary>
    public static RegistryState WithTwoOperators() =>
        AddKey(Bootstrapped(), "consortium", NewKey(), KeyRole.Operator, Now).Next!;

    public static RegistryStep Bootstrap(RegistryState state, ByteString key, DateTimeOffset now) =>
        MemberRules.Bootstrap(state, key, now);

    public static RegistryStep Add(
        RegistryState state,
        string member,
        string[] groups,
        ByteString key,
        DateTimeOffset now
    ) => RegistryActs.Apply(state, AddAct(member, groups, key), now);

    public static RegistryAct AddAct(string member, string[] groups, ByteString key) =>
        new()
        {
            AddMember = new()
            {
                MemberId = member,
                GroupIds = { groups },
                PublicKey = key,
            },
        };

    public static RegistryStep AddKey(
        RegistryState state,
        string member,
        ByteString key,
        KeyRole role,
        DateTimeOffset now
    ) => RegistryActs.Apply(state, KeyAct(member, key, role), now);

    public static RegistryStep RevokeKey(RegistryState state, string member, string thumbprint, DateTimeOffset now) =>
        RegistryActs.Apply(
            state,
            new()
            {
                RevokeKey = new() { MemberId = member, Thumbprint = thumbprint },
            },
            now
        );

    public static RegistryStep SetState(RegistryState state, string member, MemberState to) =>
        RegistryActs.Apply(
            state,
            to == MemberState.Suspended
                ? new() { SuspendMember = new() { MemberId = member } }
                : new() { ReinstateMember = new() { MemberId = member } },
            Now
        );

    public static RegistryStep Offboard(RegistryState state, string member, OffboardedSignals signals) =>
        RegistryActs.Apply(
            state,
            new()
            {
                OffboardMember = new() { MemberId = member, Signals = signals },
            },
            Now
        );

    /// <summary>Approves what was shown, with a half of a code if one is needed.</summary>
    public static RegistryStep Approve(
        RegistryState state,
        Approval shown,
        string operatorKey,
        DateTimeOffset now,
        byte[]? half = null
    ) =>
        FourEyes.Approve(
            state,
            new(shown.ApprovalId.ToByteArray(), ApprovalDigest.Of(shown), half ?? new byte[Token.Size], operatorKey),
            now
        );

    public static RegistryAct KeyAct(string member, ByteString key, KeyRole role) =>
        new()
        {
            AddKey = new()
            {
                MemberId = member,
                PublicKey = key,
                Role = role,
            },
        };

    public static RegistryAct GroupAct(string group, params GroupMember[] members) =>
        new()
        {
            SetGroup = new() { GroupId = group, Members = { members } },
        };

    public static GroupMember Part(string member, bool canSee = true, bool canUse = true) =>
        new()
        {
            MemberId = member,
            CanSee = canSee,
            CanUse = canUse,
        };

    /// <summary>The thumbprint of an operator, the first or the second.</summary>
    public static string OperatorOf(RegistryState state, int place) =>
        state.FindMember("consortium")!.Keys[place].Thumbprint;
}
