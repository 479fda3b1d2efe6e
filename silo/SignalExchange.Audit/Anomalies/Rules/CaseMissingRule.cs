using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>An operator or auditor reads who did what and names no case. At most one alarm a key and hour.</summary>
internal sealed class CaseMissingRule(AnomalyOptions options) : CountingRule
{
    public override AnomalyRule Rule => AnomalyRule.CaseMissing;

    protected override TimeSpan Window => TimeSpan.FromHours(1);

    protected override int Threshold => options.CaseMissingReads;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry
            is {
                IsAnswered: true,
                Actor.Role: KeyRole.Operator or KeyRole.Auditor,
                Detail:
                {
                    CaseId.IsEmpty: true,
                    Method: AuditMethods.GetEntry or AuditMethods.ExportEntries or AuditMethods.Get
                }
            }
            ? [entry.Actor.KeyThumbprint]
            : [];
}
