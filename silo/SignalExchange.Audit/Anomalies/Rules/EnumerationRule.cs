using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>Many asked and next to none hit: a member that checks its own accounts hits about one in a thousand, guesses hit nothing.</summary>
/// <remarks>
/// Measures hits in a million. Counts what was asked, ads too, not what was distinct: the log holds no token of a miss, so that it is no list of
/// who was asked about. Distinct tokens are counted, and alarmed on, by the quota.
/// </remarks>
internal sealed class EnumerationRule(AnomalyOptions options) : StatefulRule<WindowState>
{
    private const long Million = 1_000_000;

    public override AnomalyRule Rule => AnomalyRule.Enumeration;

    public override TimeSpan Memory => options.EnumerationWindow;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry
            is {
                IsAnswered: true,
                Detail.Method: AuditMethods.Check
                    or AuditMethods.CheckStream
                    or AuditMethods.Get
                    or AuditMethods.MatchAds
                    or AuditMethods.MatchAdsStream
                    or AuditMethods.GetTemplates
            }
            ? [entry.Actor.MemberId]
            : [];

    protected override Finding? Look(WindowState state, AuditedEntry entry)
    {
        state.Add(entry, options.EnumerationWindow, entry.Detail.Asked, entry.Detail.Hits);
        var (asked, hits) = state.Sums();
        var threshold = options.EnumerationMaxHitsPerMillion;
        return asked >= options.EnumerationMinAsked && hits * Million <= asked * threshold
            ? state.Tell(entry, options.EnumerationWindow, hits * Million / asked, threshold)
            : null;
    }
}
