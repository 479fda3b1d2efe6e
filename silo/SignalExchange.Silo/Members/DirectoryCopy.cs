using System.Collections.Frozen;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Members;

/// <summary>The registry of members at one version, in the forms that calls need.</summary>
/// <param name="Version">The version.</param>
/// <param name="Members">Every member, ordered by id.</param>
/// <param name="Groups">Every sharing group, ordered by id.</param>
/// <param name="Keys">The live keys, by thumbprint.</param>
/// <param name="Withdrawn">The members that left with their signals.</param>
/// <param name="Limits">What members may do a day, where it differs from the defaults.</param>
/// <param name="Policy">What the consortium has decided.</param>
/// <param name="Holds">The legal holds in force, ordered by id.</param>
/// <param name="Rotations">The newest key rotations that were approved, oldest first.</param>
/// <param name="People">The accounts of people, ordered by login.</param>
/// <param name="Persons">The same, by the account's id.</param>
internal sealed record DirectoryCopy(
    long Version,
    IReadOnlyList<Member> Members,
    IReadOnlyList<Group> Groups,
    FrozenDictionary<string, KnownKey> Keys,
    FrozenSet<string> Withdrawn,
    FrozenDictionary<string, QuotaLimits> Limits,
    Policy Policy,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<KeyRotationOrder> Rotations,
    IReadOnlyList<Person> People,
    FrozenDictionary<string, KnownPerson> Persons
)
{
    /// <summary>Nobody, at version 0.</summary>
    public static readonly DirectoryCopy Empty = Of(new RegistrySnapshot(0, [], [], new(), [], [], []));

    /// <summary>Makes the forms.</summary>
    public static DirectoryCopy Of(RegistrySnapshot snapshot)
    {
        var usable = snapshot
            .Groups.SelectMany(
                group => group.Members.Where(it => it.CanUse),
                (group, it) => (it.MemberId, group.GroupId)
            )
            .ToLookup(pair => pair.MemberId, pair => pair.GroupId, StringComparer.Ordinal);
        var rules = snapshot.Policy.DeliveryRules.ToDictionary(rule => rule.Country, StringComparer.Ordinal);
        var callers = snapshot.Members.ToDictionary(
            member => member.MemberId,
            member => CallerOf(member, usable[member.MemberId], rules),
            StringComparer.Ordinal
        );
        return new(
            snapshot.Version,
            snapshot.Members,
            snapshot.Groups,
            snapshot
                .Members.SelectMany(member => KeysOf(member, callers[member.MemberId]))
                .ToFrozenDictionary(known => known.Identity.Thumbprint, StringComparer.Ordinal),
            snapshot
                .Members.Where(member => member.State == MemberState.OffboardedWithdrawn)
                .Select(member => member.MemberId)
                .ToFrozenSet(StringComparer.Ordinal),
            snapshot
                .Members.Where(member => member.Quota is not null)
                .ToFrozenDictionary(member => member.MemberId, LimitsOf, StringComparer.Ordinal),
            snapshot.Policy,
            snapshot.Holds,
            snapshot.Rotations,
            [.. snapshot.People.Select(record => record.Person)],
            PersonsOf(snapshot, callers)
        );
    }

    private static FrozenDictionary<string, KnownPerson> PersonsOf(
        RegistrySnapshot snapshot,
        Dictionary<string, Caller> callers
    )
    {
        var members = snapshot.Members.ToDictionary(member => member.MemberId, StringComparer.Ordinal);
        return snapshot
            .People.Select(record => new KnownPerson(
                callers[record.Person.MemberId],
                members[record.Person.MemberId],
                record
            ))
            .ToFrozenDictionary(known => known.Identity.Thumbprint, StringComparer.Ordinal);
    }

    private static QuotaLimits LimitsOf(Member member) =>
        new(
            member.Quota.HasEvaluationsPerDay ? (long)member.Quota.EvaluationsPerDay : null,
            member.Quota.HasTokensPerDay ? (long)member.Quota.TokensPerDay : null,
            member.Quota.HasSubmissionsPerDay ? (long)member.Quota.SubmissionsPerDay : null,
            member.Quota.HasWithdrawalsPerDay ? (long)member.Quota.WithdrawalsPerDay : null,
            member.Quota.HasRegistrationsPerDay ? (long)member.Quota.RegistrationsPerDay : null
        );

    private static IEnumerable<KnownKey> KeysOf(Member member, Caller caller) =>
        member.Keys.Where(key => key.RevokedAt is null).Select(key => new KnownKey(caller, member, key));

    private static Caller CallerOf(
        Member member,
        IEnumerable<string> usableGroups,
        Dictionary<string, DeliveryRule> rules
    ) =>
        new(new MemberId(member.MemberId), Set(member.GroupIds))
        {
            UsableGroups = Set(usableGroups),
            Jurisdictions = Set(member.Jurisdictions),
            DeliveryRules = member
                .Jurisdictions.Where(rules.ContainsKey)
                .ToFrozenDictionary(country => country, country => rules[country], StringComparer.Ordinal),
            IsTest = member.State == MemberState.Test,
        };

    private static FrozenSet<string> Set(IEnumerable<string> values) => values.ToFrozenSet(StringComparer.Ordinal);
}
