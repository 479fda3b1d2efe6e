using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>An administrator, operator or key custodian acts at night or on a weekend. One alarm a key in twelve hours.</summary>
internal sealed class OffHoursRule(AnomalyOptions options) : CountingRule
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.WorkdayTimeZone);

    public override AnomalyRule Rule => AnomalyRule.OffHours;

    protected override TimeSpan Window => TimeSpan.FromHours(12);

    protected override int Threshold => 1;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry.Actor
            is {
                Kind: ActorKind.Backend or ActorKind.Person,
                Role: KeyRole.MemberAdministrator or KeyRole.Operator or KeyRole.KeyCustodian
            }
        && !IsWorkTime(entry.Time)
            ? [entry.Actor.KeyThumbprint]
            : [];

    private bool IsWorkTime(long time)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(time), _zone);
        return local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            && local.TimeOfDay >= options.WorkdayStart
            && local.TimeOfDay < options.WorkdayEnd;
    }
}
