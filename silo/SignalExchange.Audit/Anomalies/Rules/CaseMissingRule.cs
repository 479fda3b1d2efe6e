using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>An auditor reads who did what and names no case. At most one alarm a key and hour.</summary>
/// <remarks>Nobody else of the consortium reads details, and none of its people reads signals: the table of roles lets them not.</remarks>
internal sealed class CaseMissingRule(AnomalyOptions options) : CountingRule
{
    public override AnomalyRule Rule => AnomalyRule.CaseMissing;

    protected override TimeSpan Window => TimeSpan.FromHours(1);

    protected override int Threshold => options.CaseMissingReads;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry
            is {
                IsAnswered: true,
                Actor.Role: KeyRole.Auditor,
                Detail: { CaseId.IsEmpty: true, Method: AuditMethods.GetEntry or AuditMethods.ExportEntries }
            }
            ? [entry.Actor.KeyThumbprint]
            : [];
}
