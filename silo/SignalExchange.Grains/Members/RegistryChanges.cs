using System.Globalization;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>What a step changed, in words for the access log: each setting with its old and its new value.</summary>
/// <remarks>Pure. A value begins with what it is about, since one step can change several things. Never a secret.</remarks>
internal static class RegistryChanges
{
    /// <summary>The longest value that an entry takes.</summary>
    private const int MaxValue = 128;

    /// <summary>What an account's one-time code is called.</summary>
    public const string CodeSetting = "person.code";

    /// <summary>Returns what differs, ordered by setting and value; last, what an act that began to wait would change.</summary>
    public static IReadOnlyList<LogChange> Between(RegistryState before, RegistryState after)
    {
        var (old, now) = (FactsOf(before, after), FactsOf(after, before));
        return
        [
            .. InOrder(old.Keys.Union(now.Keys))
                .Where(fact => old.GetValueOrDefault(fact, "") != now.GetValueOrDefault(fact, ""))
                .Select(fact => new LogChange
                {
                    Setting = fact.Setting,
                    OldValue = ValueOf(fact.About, old.GetValueOrDefault(fact, "")),
                    NewValue = ValueOf(fact.About, now.GetValueOrDefault(fact, "")),
                }),
            .. AskedFor(before, after),
        ];
    }

    /// <summary>Returns how a member stands, as if each setting had been set to what it is.</summary>
    public static IEnumerable<LogChange> Standing(Member member)
    {
        var facts = new Dictionary<(string, string), string>();
        AddMember(facts, member);
        return Unchanged(facts);
    }

    /// <summary>Returns how an account stands, as if each setting had been set to what it is.</summary>
    public static IEnumerable<LogChange> Standing(PersonRecord record)
    {
        var facts = new Dictionary<(string, string), string>();
        AddPerson(facts, record);
        return Unchanged(facts);
    }

    private static IEnumerable<LogChange> Unchanged(Dictionary<(string Setting, string About), string> facts) =>
        from fact in InOrder(facts.Keys)
        let value = ValueOf(fact.About, facts[fact])
        where value.Length > 0
        select new LogChange
        {
            Setting = fact.Setting,
            OldValue = value,
            NewValue = value,
        };

    // With a prefix of its own: nobody who reads the log should take what was asked for for what was done.
    private static IEnumerable<LogChange> AskedFor(RegistryState before, RegistryState after) =>
        from asked in after.Requested
        where before.Requested.All(it => it.Approval.ApprovalId != asked.Approval.ApprovalId)
        from change in asked.Approval.Changes
        select new LogChange(change) { Setting = $"asked.{change.Setting}" };

    private static IEnumerable<(string Setting, string About)> InOrder(
        IEnumerable<(string Setting, string About)> facts
    ) => facts.OrderBy(fact => fact.Setting, StringComparer.Ordinal).ThenBy(fact => fact.About, StringComparer.Ordinal);

    // What is the same on both sides is left out before it is taken apart: a registry may be large.
    private static Dictionary<(string Setting, string About), string> FactsOf(RegistryState state, RegistryState other)
    {
        var facts = new Dictionary<(string, string), string>();
        foreach (var member in state.Members.Except(other.Members, WireEquality<Member>.Instance))
        {
            AddMember(facts, member);
        }

        foreach (var group in state.Groups.Except(other.Groups, WireEquality<Group>.Instance))
        {
            foreach (var member in group.Members)
            {
                facts[("group.member", $"{group.GroupId}/{member.MemberId}")] = RightsOf(member);
            }
        }

        foreach (var asked in state.Requested.Except(other.Requested, WireEquality<RequestedAct>.Instance))
        {
            var approval = asked.Approval;
            var id = Convert.ToHexStringLower(approval.ApprovalId.Span);
            facts[("approval.state", id)] =
                $"{approval.Act}/{approval.State}{(approval.KeyId.Length > 0 ? $"/{approval.KeyId}" : "")}";
            facts[("approval.shown", id)] = Convert.ToHexStringLower(ApprovalDigest.Of(approval));
        }

        foreach (var record in state.People.Except(other.People, WireEquality<PersonRecord>.Instance))
        {
            AddPerson(facts, record);
        }

        foreach (var hold in state.Holds.Except(other.Holds, WireEquality<Hold>.Instance))
        {
            facts[("log.hold", hold.HoldId)] = string.Create(
                CultureInfo.InvariantCulture,
                $"{hold.FirstPeriod}-{hold.LastPeriod}/{hold.Retention}"
            );
        }

        foreach (var order in state.Rotations.Except(other.Rotations, WireEquality<KeyRotationOrder>.Instance))
        {
            facts[("key.rotation", order.ToKeyId)] = order.Emergency ? "ordered/emergency" : "ordered";
        }

        facts[("registry.four_eyes", "")] = state.FourEyes ? "on" : "off";
        AddPolicy(facts, state.Policy ?? new());
        return facts;
    }

    private static void AddPolicy(Dictionary<(string, string), string> facts, Policy policy)
    {
        facts[("policy.traffic_months", "")] = Number(policy.HasTrafficMonths, policy.TrafficMonths);
        facts[("policy.administration_months", "")] = Number(
            policy.HasAdministrationMonths,
            policy.AdministrationMonths
        );
        facts[("policy.alarm_tokens", "")] = Number(policy.HasAlarmTokens, policy.AlarmTokens);
        facts[("policy.alarm_hits_per_million", "")] = Number(
            policy.HasAlarmHitsPerMillion,
            policy.AlarmHitsPerMillion
        );
        foreach (var rule in policy.DeliveryRules)
        {
            AddRule(facts, rule);
        }
    }

    private static void AddRule(Dictionary<(string, string), string> facts, DeliveryRule rule)
    {
        facts[("policy.delivery.bases", rule.Country)] = Names(rule.Bases);
        facts[("policy.delivery.purposes", rule.Country)] = Names(rule.Purposes);
        facts[("policy.delivery.retentions", rule.Country)] = Names(rule.Retentions);
        facts[("policy.delivery.permit", rule.Country)] = rule.PermitRequired ? "required" : "any";
    }

    private static string Names<T>(IReadOnlyCollection<T> values)
        where T : struct, Enum => values.Count == 0 ? "any" : string.Join('+', values.Distinct().Order());

    private static string Number(bool isSet, ulong value) =>
        isSet ? value.ToString(CultureInfo.InvariantCulture) : "default";

    private static void AddMember(Dictionary<(string, string), string> facts, Member member)
    {
        facts[("member.state", member.MemberId)] = member.State.ToString();
        facts[("member.agreement", member.MemberId)] = member.Agreement;
        foreach (var country in member.Jurisdictions)
        {
            facts[("member.jurisdiction", $"{member.MemberId}/{country}")] = "receives";
        }

        var quota = member.Quota ?? new();
        facts[("member.evaluations_per_day", member.MemberId)] = Number(
            quota.HasEvaluationsPerDay,
            quota.EvaluationsPerDay
        );
        facts[("member.tokens_per_day", member.MemberId)] = Number(quota.HasTokensPerDay, quota.TokensPerDay);
        facts[("member.submissions_per_day", member.MemberId)] = Number(
            quota.HasSubmissionsPerDay,
            quota.SubmissionsPerDay
        );
        facts[("member.withdrawals_per_day", member.MemberId)] = Number(
            quota.HasWithdrawalsPerDay,
            quota.WithdrawalsPerDay
        );
        facts[("member.registrations_per_day", member.MemberId)] = Number(
            quota.HasRegistrationsPerDay,
            quota.RegistrationsPerDay
        );
        foreach (var key in member.Keys)
        {
            facts[("member.key", key.Thumbprint)] = key.RevokedAt is null ? key.Role.ToString() : $"{key.Role}/revoked";
        }
    }

    private static void AddPerson(Dictionary<(string, string), string> facts, PersonRecord record)
    {
        var person = record.Person;
        facts[("person.account", person.Login)] = person.AccountId;
        facts[("person.role", person.Login)] = $"{person.MemberId}/{person.Role}";
        facts[("person.state", person.Login)] = person.State.ToString();
        facts[("person.key", person.Login)] = person.KeyThumbprint;
        facts[(CodeSetting, person.Login)] = record.CodeDigest.IsEmpty ? "" : $"until/{Day(record)}";
        facts[("person.sessions", person.Login)] = Number(true, (ulong)record.SessionEpoch);
    }

    private static string Day(PersonRecord record) =>
        record.CodeExpiresAt.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string RightsOf(GroupMember member) =>
        (member.CanSee, member.CanUse) switch
        {
            (true, true) => "see+use",
            (true, false) => "see",
            (false, true) => "use",
            _ => "none",
        };

    private static string ValueOf(string about, string value)
    {
        var text =
            value.Length == 0 ? ""
            : about.Length == 0 ? value
            : $"{about}/{value}";
        return text.Length <= MaxValue ? text : $"{text[..(MaxValue - 3)]}...";
    }
}
