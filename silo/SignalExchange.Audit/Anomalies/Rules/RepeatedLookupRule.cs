using SignalExchange.Audit.Search;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>One person comes back to one indicator again and again: curiosity, the abuse that is documented best.</summary>
/// <remarks>By the month's pseudonym, so across the end of a month the count begins anew.</remarks>
internal sealed class RepeatedLookupRule(AnomalyOptions options) : CountingRule
{
    public override AnomalyRule Rule => AnomalyRule.RepeatedLookup;

    protected override TimeSpan Window => options.RepeatedLookupWindow;

    protected override int Threshold => options.RepeatedLookups;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry
            is {
                IsAnswered: true,
                Actor.Kind: ActorKind.Person,
                Detail.Method: AuditMethods.Check or AuditMethods.CheckStream or AuditMethods.Get
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
