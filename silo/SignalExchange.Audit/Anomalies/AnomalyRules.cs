using SignalExchange.Audit.Anomalies.Rules;

namespace SignalExchange.Audit.Anomalies;

/// <summary>All rules, in the order in which they look at an entry.</summary>
internal static class AnomalyRules
{
    /// <summary>Makes them.</summary>
    public static IReadOnlyList<IAnomalyRule> All(AnomalyOptions options) =>
        [
            new EnumerationRule(options),
            new VolumeRule(options),
            new OffHoursRule(options),
            new PurposeRule(),
            new CaseMissingRule(options),
            new TwoPlacesRule(options),
            new RefusalsRule(options),
            new ExportNotApprovedRule(),
            new RepeatedLookupRule(options),
        ];
}
