using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rules of invitation and enrolment. Pure: never touches the state it is given.</summary>
internal static class EnrolmentRules
{
    /// <summary>Invites a member, or invites it again with another code.</summary>
    /// <param name="state">The registry.</param>
    /// <param name="request">Who is invited.</param>
    /// <param name="code">The new code.</param>
    /// <param name="now">The time.</param>
    public static RegistryStep Invite(
        RegistryState state,
        InviteMemberRequest request,
        ReadOnlySpan<byte> code,
        DateTimeOffset now
    )
    {
        if (MemberNames.IsReserved(request.MemberId))
        {
            return RegistryStep.Refused(ErrorReason.RoleDoesNotFit, "member_id");
        }

        if (state.FindMember(request.MemberId) is { State: not MemberState.Invited })
        {
            return RegistryStep.Refused(ErrorReason.MemberExists, "member_id");
        }

        var until = (now + Limits.InvitationLife).ToTimestamp();
        var next = state.NextVersion();
        var member = Invited(next, request.MemberId, now);
        member.Jurisdictions.Clear();
        member.Jurisdictions.Add(request.Jurisdictions.Distinct().Order(StringComparer.Ordinal));
        member.InvitedUntil = until;
        next.RemoveInvitation(request.MemberId);
        next.Invitations.Add(
            new Invitation
            {
                MemberId = request.MemberId,
                CodeDigest = ByteString.CopyFrom(SHA256.HashData(code)),
                Agreement = request.Agreement,
                ExpiresAt = until,
            }
        );
        return RegistryStep.Changed(next, member);
    }

    /// <summary>Enrols an invited member: into test mode.</summary>
    public static RegistryStep Enrol(RegistryState state, EnrolMemberRequest request, DateTimeOffset now)
    {
        if (state.FindInvitation(request.MemberId) is not { } invitation || !IsProven(invitation, request, now))
        {
            return RegistryStep.Refused(ErrorReason.EnrolmentRefused, "");
        }

        if (invitation.Agreement != request.Agreement)
        {
            return RegistryStep.Refused(ErrorReason.AgreementMismatch, "agreement");
        }

        if (KeyRules.New(state, request.PublicKey, KeyRole.MemberBackend, now) is not { } key)
        {
            return KeyRules.RefuseKey(state, request.PublicKey);
        }

        var step = state.Change(
            request.MemberId,
            member =>
            {
                member.State = MemberState.Test;
                member.Agreement = request.Agreement;
                member.InvitedUntil = null;
                member.Keys.Add(key);
            }
        );
        step.Next!.RemoveInvitation(request.MemberId);
        return step;
    }

    // One refusal for a wrong code, member, time or key: a guess learns nothing about which of them was right.
    private static bool IsProven(Invitation invitation, EnrolMemberRequest request, DateTimeOffset now)
    {
        var digest = SHA256.HashData(request.EnrolmentCode.Span);
        return CryptographicOperations.FixedTimeEquals(digest, invitation.CodeDigest.Span)
            && invitation.ExpiresAt.ToDateTimeOffset() > now
            && IsSigned(request);
    }

    private static bool IsSigned(EnrolMemberRequest request)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(request.PublicKey.Span, out _);
            return key.VerifyData(EnrolmentProof.MessageOf(request), request.Signature.Span, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static Member Invited(RegistryState next, string memberId, DateTimeOffset now)
    {
        if (next.FindMember(memberId) is { } known)
        {
            return known;
        }

        var member = new Member
        {
            MemberId = memberId,
            State = MemberState.Invited,
            AddedAt = now.ToTimestamp(),
        };
        next.Insert(member);
        return member;
    }
}
