using SignalExchange.Audit.Search;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>One person comes back to one indicator again and again: curiosity, the abuse that is documented best.</summary>
/// <remarks>
/// People do not read signals: those who look at an indicator by its name are auditors, who ask who looked it up and what was said of it. By the
/// pseudonym that they ask for, which is a month's.
/// </remarks>
internal sealed class RepeatedLookupRule(AnomalyOptions options) : CountingRule
{
    public override AnomalyRule Rule => AnomalyRule.RepeatedLookup;

    protected override TimeSpan Window => options.RepeatedLookupWindow;

    protected override int Threshold => options.RepeatedLookups;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry
            is {
                IsAnswered: true,
                Actor.Role: KeyRole.Auditor,
                Detail.Method: AuditMethods.ReportLookups or AuditMethods.SearchEntries
            }
            ? Pseudonyms(entry).Distinct().Select(it => $"{entry.Actor.KeyThumbprint} {it}")
            : [];

    private static IEnumerable<string> Pseudonyms(AuditedEntry entry)
    {
        var packed = entry.Detail.Pseudonyms;
        for (var i = 0; i + SignalId.Size <= packed.Length; i += SignalId.Size)
        {
            yield return Convert.ToHexStringLower(packed.Span.Slice(i, SignalId.Size));
        }
    }
}
