using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rules of members' keys. Pure: never touches the state it is given.</summary>
internal static class KeyRules
{
    /// <summary>Adds a key to a member.</summary>
    public static RegistryStep Add(RegistryState state, AddMemberKeyRequest request, DateTimeOffset now)
    {
        if (state.FindMember(request.MemberId) is not { } member)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if (!Fits(request.Role, member))
        {
            return RegistryStep.Refused(ErrorReason.RoleDoesNotFit, "role");
        }

        if (member.HasLeft() || member.State == MemberState.Invited)
        {
            return RegistryStep.Refused(ErrorReason.MemberStateWrong, "member_id");
        }

        if (member.Keys.Any(key => key.PublicKey == request.PublicKey && key.Role == request.Role && IsLive(key)))
        {
            return RegistryStep.Known(member);
        }

        if (member.Keys.Count(IsLive) >= Limits.MaxLiveKeys)
        {
            return RegistryStep.Refused(new Refusal(ErrorReason.TooManyKeys, "public_key", Limits.MaxLiveKeys));
        }

        return New(state, request.PublicKey, request.Role, now) is { } made
            ? Operators.WithFourEyes(state.Change(request.MemberId, changed => changed.Keys.Add(made)))
            : RefuseKey(state, request.PublicKey);
    }

    /// <summary>Revokes a key, for good.</summary>
    public static RegistryStep Revoke(RegistryState state, RevokeMemberKeyRequest request, DateTimeOffset now)
    {
        if (state.FindMember(request.MemberId) is not { } member)
        {
            return RegistryStep.Refused(ErrorReason.MemberNotFound, "member_id");
        }

        if (member.Keys.FirstOrDefault(candidate => candidate.Thumbprint == request.Thumbprint) is not { } key)
        {
            return KeyHistories.Knows(state, request.MemberId, request.Thumbprint)
                ? RegistryStep.Known(member)
                : RegistryStep.Refused(ErrorReason.MemberKeyNotFound, "thumbprint");
        }

        if (!IsLive(key))
        {
            return RegistryStep.Known(member);
        }

        return key.Role == KeyRole.Operator && member.Keys.Count(IsLiveOperator) == 1
            ? RegistryStep.Refused(ErrorReason.LastOperator, "thumbprint")
            : KeyHistories.Prune(
                state.Change(
                    request.MemberId,
                    changed =>
                        changed.Keys.Single(own => own.Thumbprint == request.Thumbprint).RevokedAt = now.ToTimestamp()
                )
            );
    }

    /// <summary>Makes a key to add; null when it is not a P-256 key or has an owner already.</summary>
    public static MemberKey? New(RegistryState state, ByteString publicKey, KeyRole role, DateTimeOffset now) =>
        KeyThumbprint.TryCompute(publicKey.Span, out var thumbprint) && !IsOwned(state, thumbprint)
            ? new MemberKey
            {
                Thumbprint = thumbprint,
                PublicKey = publicKey,
                Role = role,
                AddedAt = now.ToTimestamp(),
            }
            : null;

    /// <summary>Says why <see cref="New"/> made none.</summary>
    public static RegistryStep RefuseKey(RegistryState state, ByteString publicKey) =>
        RegistryStep.Refused(
            KeyThumbprint.TryCompute(publicKey.Span, out _)
                ? ErrorReason.MemberKeyExists
                : ErrorReason.PublicKeyInvalid,
            "public_key"
        );

    // A key has one owner for ever: a revoked one must not come back, nor speak for another member.
    private static bool IsOwned(RegistryState state, string thumbprint) =>
        state.Members.Any(member => member.Keys.Any(key => key.Thumbprint == thumbprint))
        || KeyHistories.Knows(state, thumbprint);

    private static bool Fits(KeyRole role, Member member) =>
        role is KeyRole.MemberBackend or KeyRole.MemberAdministrator == (member.MemberId != MemberId.Consortium.Value);

    private static bool IsLive(MemberKey key) => key.RevokedAt is null;

    private static bool IsLiveOperator(MemberKey key) => key.Role == KeyRole.Operator && IsLive(key);
}
