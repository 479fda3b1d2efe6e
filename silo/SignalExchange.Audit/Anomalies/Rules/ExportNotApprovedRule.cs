using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>An export whose entry does not name another person's key as its approval.</summary>
internal sealed class ExportNotApprovedRule : CountingRule
{
    public override AnomalyRule Rule => AnomalyRule.ExportNotApproved;

    protected override TimeSpan Window => TimeSpan.FromMilliseconds(1); // Each export by itself.

    protected override int Threshold => 1;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry is { IsAnswered: true, Detail.Method: AuditMethods.ExportEntries } && !IsApproved(entry)
            ? [entry.Actor.KeyThumbprint]
            : [];

    private static bool IsApproved(AuditedEntry entry) =>
        entry.Detail.Changes.Any(it =>
            it.Setting == AuditSettings.ExportApprovedBy
            && it.NewValue.Length > 0
            && it.NewValue != entry.Actor.KeyThumbprint
        );
}
