using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>A purpose that is missing where one is mandatory, or that the method is not for. One alarm a member and method a day.</summary>
/// <remarks>A rescan of all accounts needs verdicts, not the statements of others: with <c>Get</c> and <c>GetTemplates</c> it is at odds.</remarks>
internal sealed class PurposeRule : CountingRule
{
    public override AnomalyRule Rule => AnomalyRule.Purpose;

    protected override TimeSpan Window => TimeSpan.FromDays(1);

    protected override int Threshold => 1;

    protected override bool IsAboutKey => false;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry.IsAnswered && !IsFitting(entry.Detail.Method, entry.Detail.Purpose)
            ? [$"{entry.Actor.MemberId} {entry.Detail.Method}"]
            : [];

    private static bool IsFitting(string method, CheckPurpose purpose) =>
        method switch
        {
            AuditMethods.Check or AuditMethods.CheckStream or AuditMethods.MatchAds or AuditMethods.MatchAdsStream =>
                purpose != CheckPurpose.Unspecified,
            AuditMethods.Get or AuditMethods.GetTemplates => purpose
                is not (CheckPurpose.Unspecified or CheckPurpose.PeriodicRescan),
            _ => purpose == CheckPurpose.Unspecified,
        };
}
