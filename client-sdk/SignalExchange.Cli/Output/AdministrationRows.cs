using System.Globalization;
using System.Text.Json.Nodes;
using SignalExchange.Client.Administration;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Output;

/// <summary>Members, groups and the policy as rows.</summary>
internal static class AdministrationRows
{
    public static JsonObject Of(MemberChange change) =>
        With(change.Member is { } member ? Of(member) : [], change.Pending);

    public static JsonObject Of(GroupChange change) => With(change.Group is { } group ? Of(group) : [], change.Pending);

    public static JsonObject Of(Member member) =>
        new()
        {
            ["member"] = member.MemberId,
            ["state"] = member.State.ToString(),
            ["groups"] = Texts(member.GroupIds),
            ["countries"] = Texts(member.Jurisdictions),
            ["evaluations_per_day"] = member.Quota is { HasEvaluationsPerDay: true }
                ? member.Quota.EvaluationsPerDay
                : null,
            ["tokens_per_day"] = member.Quota is { HasTokensPerDay: true } ? member.Quota.TokensPerDay : null,
            ["submissions_per_day"] = member.Quota is { HasSubmissionsPerDay: true }
                ? member.Quota.SubmissionsPerDay
                : null,
            ["withdrawals_per_day"] = member.Quota is { HasWithdrawalsPerDay: true }
                ? member.Quota.WithdrawalsPerDay
                : null,
            ["registrations_per_day"] = member.Quota is { HasRegistrationsPerDay: true }
                ? member.Quota.RegistrationsPerDay
                : null,
            ["live_keys"] = Texts(member.Keys.Where(key => key.RevokedAt is null).Select(key => key.Thumbprint)),
        };

    public static JsonObject Of(Group group) =>
        new()
        {
            ["group"] = group.GroupId,
            ["epoch"] = group.Epoch,
            ["sees"] = Texts(group.Members.Where(it => it.CanSee).Select(it => it.MemberId)),
            ["uses"] = Texts(group.Members.Where(it => it.CanUse).Select(it => it.MemberId)),
        };

    public static JsonObject Of(Policy policy, Approval? pending = null) =>
        With(
            new()
            {
                ["traffic_months"] = policy.HasTrafficMonths ? policy.TrafficMonths : null,
                ["administration_months"] = policy.HasAdministrationMonths ? policy.AdministrationMonths : null,
                ["alarm_tokens"] = policy.HasAlarmTokens ? policy.AlarmTokens : null,
                ["alarm_hits_per_million"] = policy.HasAlarmHitsPerMillion ? policy.AlarmHitsPerMillion : null,
                ["delivery_rules"] = new JsonArray([.. policy.DeliveryRules.Select(Of)]),
            },
            pending
        );

    private static JsonObject Of(DeliveryRule rule) =>
        new()
        {
            ["country"] = rule.Country,
            ["bases"] = Printer.Names(rule.Bases),
            ["purposes"] = Printer.Names(rule.Purposes),
            ["retentions"] = Printer.Names(rule.Retentions),
            ["permit_required"] = rule.PermitRequired,
        };

    public static JsonObject Of(Hold hold) =>
        new()
        {
            ["hold"] = hold.HoldId,
            ["from"] = Month(hold.FirstPeriod),
            ["to"] = Month(hold.LastPeriod),
            ["retention"] = hold.Retention.ToString(),
        };

    private static string Month(uint period) =>
        string.Create(CultureInfo.InvariantCulture, $"{1970 + (period / 12):0000}-{(period % 12) + 1:00}");

    private static JsonObject With(JsonObject row, Approval? pending)
    {
        foreach (var (name, value) in pending is null ? [] : ApprovalRows.Of(pending))
        {
            row[name] = value?.DeepClone();
        }

        return row;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
