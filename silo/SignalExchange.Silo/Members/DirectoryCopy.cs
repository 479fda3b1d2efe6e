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
internal sealed record DirectoryCopy(
    long Version,
    IReadOnlyList<Member> Members,
    IReadOnlyList<Group> Groups,
    FrozenDictionary<string, KnownKey> Keys,
    FrozenSet<string> Withdrawn,
    FrozenDictionary<string, QuotaLimits> Limits,
    Policy Policy,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<KeyRotationOrder> Rotations
)
{
    /// <summary>Nobody, at version 0.</summary>
    public static readonly DirectoryCopy Empty = Of(new RegistrySnapshot(0, [], [], new(), [], []));

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
        return new(
            snapshot.Version,
            snapshot.Members,
            snapshot.Groups,
            snapshot
                .Members.SelectMany(member => KeysOf(member, usable[member.MemberId], rules))
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
            snapshot.Rotations
        );
    }

    private static QuotaLimits LimitsOf(Member member) =>
        new(
            member.Quota.HasEvaluationsPerDay ? (long)member.Quota.EvaluationsPerDay : null,
            member.Quota.HasTokensPerDay ? (long)member.Quota.TokensPerDay : null
        );

    private static IEnumerable<KnownKey> KeysOf(
        Member member,
        IEnumerable<string> usableGroups,
        Dictionary<string, DeliveryRule> rules
    )
    {
        var caller = new Caller(new MemberId(member.MemberId), Set(member.GroupIds))
        {
            UsableGroups = Set(usableGroups),
            Jurisdictions = Set(member.Jurisdictions),
            DeliveryRules = member
                .Jurisdictions.Where(rules.ContainsKey)
                .ToFrozenDictionary(country => country, country => rules[country], StringComparer.Ordinal),
            IsTest = member.State == MemberState.Test,
        };
        return member.Keys.Where(key => key.RevokedAt is null).Select(key => new KnownKey(caller, member, key));
    }

    private static FrozenSet<string> Set(IEnumerable<string> values) => values.ToFrozenSet(StringComparer.Ordinal);
}
