using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rules by which the registry of members changes. Pure: never touches the state it is given.</summary>
internal static class MemberRegistry
{
    /// <summary>Adds the consortium with its first operator key; the one act that needs no operator.</summary>
    public static RegistryStep Bootstrap(RegistryState state, ByteString publicKey, DateTimeOffset now)
    {
        if (Find(state, MemberId.Consortium.Value) is not null)
        {
            return RegistryStep.Refused(ErrorReason.MemberExists, "member_id");
        }

        return Insert(state, MemberId.Consortium.Value, [], publicKey, KeyRole.Operator, now);
    }

    /// <summary>Adds a member with its first key.</summary>
    public static RegistryStep Add(
        RegistryState state,
        string memberId,
        IReadOnlyList<string> groups,
        ByteString publicKey,
        DateTimeOffset now
    )
    {
        if (Find(state, memberId) is { } existing)
        {
            var isSame =
                existing.GroupIds.Order(StringComparer.Ordinal).SequenceEqual(Distinct(groups))
                && existing.Keys.Any(key => key.PublicKey == publicKey);
            return isSame ? RegistryStep.Known(existing) : RegistryStep.Refused(ErrorReason.MemberExists, "member_id");
        }

        return memberId == MemberId.Consortium.Value
            ? RegistryStep.Refused(ErrorReason.RoleDoesNotFit, "member_id")
            : Insert(state, memberId, groups, publicKey, KeyRole.MemberBackend, now);
    }

    /// <summary>Adds a key to a member.</summary>
    public static RegistryStep AddKey(
        RegistryState state,
        string memberId,
        ByteString publicKey,
        KeyRole role,
        DateTimeOffset now
    )
    {
        if (Find(state, memberId) is not { } member)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if ((role == KeyRole.Operator) != (memberId == MemberId.Consortium.Value))
        {
            return RegistryStep.Refused(ErrorReason.RoleDoesNotFit, "role");
        }

        if (member.Keys.Any(key => key.PublicKey == publicKey && key.Role == role && key.RevokedAt is null))
        {
            return RegistryStep.Known(member);
        }

        if (member.Keys.Count(key => key.RevokedAt is null) >= Limits.MaxLiveKeys)
        {
            return RegistryStep.Refused(new Refusal(ErrorReason.TooManyKeys, "public_key", Limits.MaxLiveKeys));
        }

        return NewKey(state, publicKey, role, now) is { } key
            ? Change(state, memberId, changed => changed.Keys.Add(key))
            : RefuseKey(state, publicKey);
    }

    /// <summary>Revokes a key, for good.</summary>
    public static RegistryStep RevokeKey(RegistryState state, string memberId, string thumbprint, DateTimeOffset now)
    {
        if (Find(state, memberId) is not { } member)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if (member.Keys.FirstOrDefault(candidate => candidate.Thumbprint == thumbprint) is not { } key)
        {
            return RegistryStep.Refused(ErrorReason.MemberKeyNotFound, "thumbprint");
        }

        if (key.RevokedAt is not null)
        {
            return RegistryStep.Known(member);
        }

        return key.Role == KeyRole.Operator && member.Keys.Count(IsLiveOperator) == 1
            ? RegistryStep.Refused(ErrorReason.LastOperator, "thumbprint")
            : Change(
                state,
                memberId,
                changed => changed.Keys.Single(own => own.Thumbprint == thumbprint).RevokedAt = now.ToTimestamp()
            );
    }

    /// <summary>Suspends or reinstates a member.</summary>
    public static RegistryStep SetState(RegistryState state, string memberId, MemberState to)
    {
        if (Find(state, memberId) is not { } member)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if (memberId == MemberId.Consortium.Value)
        {
            return RegistryStep.Refused(ErrorReason.LastOperator, "member_id");
        }

        return member.State == to ? RegistryStep.Known(member) : Change(state, memberId, changed => changed.State = to);
    }

    private static RegistryStep Insert(
        RegistryState state,
        string memberId,
        IReadOnlyList<string> groups,
        ByteString publicKey,
        KeyRole role,
        DateTimeOffset now
    )
    {
        if (NewKey(state, publicKey, role, now) is not { } key)
        {
            return RefuseKey(state, publicKey);
        }

        var member = new Member
        {
            MemberId = memberId,
            State = MemberState.Active,
            GroupIds = { Distinct(groups) },
            Keys = { key },
            AddedAt = now.ToTimestamp(),
        };
        var next = state.Clone();
        next.Version++;
        next.Members.Add(member);
        var ordered = next.Members.OrderBy(own => own.MemberId, StringComparer.Ordinal).ToList();
        next.Members.Clear();
        next.Members.Add(ordered);
        return RegistryStep.Changed(next, member);
    }

    private static RegistryStep Change(RegistryState state, string memberId, Action<Member> change)
    {
        var next = state.Clone();
        next.Version++;
        var member = next.Members.Single(own => own.MemberId == memberId);
        change(member);
        return RegistryStep.Changed(next, member);
    }

    /// <summary>The key to add; null when it is not a P-256 key or has an owner already.</summary>
    private static MemberKey? NewKey(RegistryState state, ByteString publicKey, KeyRole role, DateTimeOffset now) =>
        KeyThumbprint.TryCompute(publicKey.Span, out var thumbprint) && !IsOwned(state, publicKey)
            ? new MemberKey
            {
                Thumbprint = thumbprint,
                PublicKey = publicKey,
                Role = role,
                AddedAt = now.ToTimestamp(),
            }
            : null;

    private static RegistryStep RefuseKey(RegistryState state, ByteString publicKey) =>
        RegistryStep.Refused(
            IsOwned(state, publicKey) ? ErrorReason.MemberKeyExists : ErrorReason.PublicKeyInvalid,
            "public_key"
        );

    // A key has one owner for ever: a revoked one must not come back, nor speak for another member.
    private static bool IsOwned(RegistryState state, ByteString publicKey) =>
        state.Members.Any(member => member.Keys.Any(key => key.PublicKey == publicKey));

    private static bool IsLiveOperator(MemberKey key) => key.Role == KeyRole.Operator && key.RevokedAt is null;

    private static Member? Find(RegistryState state, string memberId) =>
        state.Members.FirstOrDefault(member => member.MemberId == memberId);

    private static IEnumerable<string> Distinct(IEnumerable<string> groups) =>
        groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
