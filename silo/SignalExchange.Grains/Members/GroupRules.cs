using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>The rules of sharing groups. The <c>Set</c> rule is pure; the others change a copy that is being made.</summary>
internal static class GroupRules
{
    /// <summary>Sets who belongs to a group; makes it if it is new.</summary>
    public static RegistryStep Set(RegistryState state, SetGroupRequest request)
    {
        var wanted = request.Members.OrderBy(member => member.MemberId, StringComparer.Ordinal).ToList();
        if (Refuse(state, request.GroupId, wanted) is { } refusal)
        {
            return RegistryStep.Refused(refusal);
        }

        if (state.FindGroup(request.GroupId) is { } group && group.Members.SequenceEqual(wanted))
        {
            return RegistryStep.Known(group);
        }

        var next = state.NextVersion();
        var changed = Ensure(next, request.GroupId);
        changed.Members.Clear();
        changed.Members.Add(wanted);
        changed.Epoch++;
        ShowOnMembers(next);
        return RegistryStep.Changed(next, changed);
    }

    /// <summary>Puts a new member into groups that it sees and may use.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public static Refusal? Join(RegistryState next, Member member, IEnumerable<string> groupIds)
    {
        foreach (var groupId in groupIds)
        {
            if (next.FindGroup(groupId) is null && next.Groups.Count >= Limits.MaxGroups)
            {
                return new Refusal(ErrorReason.TooManyGroups, "group_ids", Limits.MaxGroups);
            }

            var group = Ensure(next, groupId);
            var place = group.Members.TakeWhile(other => IsBefore(other, member.MemberId)).Count();
            group.Members.Insert(
                place,
                new GroupMember
                {
                    MemberId = member.MemberId,
                    CanSee = true,
                    CanUse = true,
                }
            );
            group.Epoch++;
        }

        ShowOnMembers(next);
        return null;
    }

    /// <summary>Takes a member out of every group.</summary>
    public static void RemoveEverywhere(RegistryState next, string memberId)
    {
        foreach (var group in next.Groups)
        {
            if (group.Members.FirstOrDefault(member => member.MemberId == memberId) is { } gone)
            {
                group.Members.Remove(gone);
                group.Epoch++;
            }
        }

        ShowOnMembers(next);
    }

    private static Refusal? Refuse(RegistryState state, string groupId, List<GroupMember> wanted)
    {
        for (var place = 0; place < wanted.Count; place++)
        {
            if (place > 0 && wanted[place].MemberId == wanted[place - 1].MemberId)
            {
                return new Refusal(ErrorReason.DuplicateInBatch, "members");
            }

            // An audience never names strangers, nor whoever has left.
            if (state.FindMember(wanted[place].MemberId) is not { } member || member.HasLeft())
            {
                return new Refusal(ErrorReason.MemberNotFound, "members");
            }
        }

        return state.FindGroup(groupId) is null && state.Groups.Count >= Limits.MaxGroups
            ? new Refusal(ErrorReason.TooManyGroups, "group_id", Limits.MaxGroups)
            : null;
    }

    private static Group Ensure(RegistryState next, string groupId)
    {
        if (next.FindGroup(groupId) is { } known)
        {
            return known;
        }

        var group = new Group { GroupId = groupId };
        var place = next.Groups.TakeWhile(other => string.CompareOrdinal(other.GroupId, groupId) < 0).Count();
        next.Groups.Insert(place, group);
        return group;
    }

    // Groups are the truth; what stands with the member is there to be read.
    private static void ShowOnMembers(RegistryState next)
    {
        var seen = next
            .Groups.SelectMany(
                group => group.Members.Where(it => it.CanSee),
                (group, it) => (it.MemberId, group.GroupId)
            )
            .ToLookup(pair => pair.MemberId, pair => pair.GroupId, StringComparer.Ordinal);
        foreach (var member in next.Members)
        {
            member.GroupIds.Clear();
            member.GroupIds.Add(seen[member.MemberId]);
        }
    }

    private static bool IsBefore(GroupMember member, string memberId) =>
        string.CompareOrdinal(member.MemberId, memberId) < 0;
}
