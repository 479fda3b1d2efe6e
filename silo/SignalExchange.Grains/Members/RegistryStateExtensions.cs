using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>Finding one's way in the registry, and changing a copy of it.</summary>
internal static class RegistryStateExtensions
{
    /// <summary>Finds a member.</summary>
    public static Member? FindMember(this RegistryState state, string memberId) =>
        state.Members.FirstOrDefault(member => member.MemberId == memberId);

    /// <summary>Finds a group.</summary>
    public static Group? FindGroup(this RegistryState state, string groupId) =>
        state.Groups.FirstOrDefault(group => group.GroupId == groupId);

    /// <summary>Finds a member's open invitation.</summary>
    public static Invitation? FindInvitation(this RegistryState state, string memberId) =>
        state.Invitations.FirstOrDefault(invitation => invitation.MemberId == memberId);

    /// <summary>Returns a copy that is one version on.</summary>
    public static RegistryState NextVersion(this RegistryState state)
    {
        var next = state.Clone();
        next.Version++;
        return next;
    }

    /// <summary>Changes a member of a copy that is one version on.</summary>
    public static RegistryStep Change(this RegistryState state, string memberId, Action<Member> change)
    {
        var next = state.NextVersion();
        var member = next.FindMember(memberId)!;
        change(member);
        return RegistryStep.Changed(next, member);
    }

    /// <summary>Puts a member in its place, by id.</summary>
    public static void Insert(this RegistryState next, Member member)
    {
        var place = next.Members.TakeWhile(own => string.CompareOrdinal(own.MemberId, member.MemberId) < 0).Count();
        next.Members.Insert(place, member);
    }

    /// <summary>Removes a member's open invitation.</summary>
    public static void RemoveInvitation(this RegistryState next, string memberId)
    {
        if (next.FindInvitation(memberId) is { } invitation)
        {
            next.Invitations.Remove(invitation);
        }
    }

    /// <summary>Whether the member has left for good.</summary>
    public static bool HasLeft(this Member member) =>
        member.State is MemberState.OffboardedKept or MemberState.OffboardedWithdrawn;
}
