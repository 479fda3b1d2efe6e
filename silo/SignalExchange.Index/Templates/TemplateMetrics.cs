using System.Diagnostics.Metrics;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Index.Templates;

/// <summary>What templates tell a dashboard, on the meter <see cref="IndexMetrics.MeterName"/>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.templates.sketches</term><description>sketches held</description></item>
/// <item><term>signalexchange.templates.memory</term><description>bytes that they take</description></item>
/// <item><term>signalexchange.templates.ads</term><description>ads asked about, by the best <c>strength</c> told: none, weak, match, strong</description></item>
/// <item><term>signalexchange.templates.refusals</term><description>registrations and growths refused, by <c>reason</c></description></item>
/// </list>
/// </remarks>
public sealed class TemplateMetrics
{
    private readonly Counter<long> _ads;
    private readonly Counter<long> _refusals;

    /// <summary>Creates the instruments.</summary>
    public TemplateMetrics(IMeterFactory meters, TemplateIndex templates)
    {
        var meter = meters.Create(IndexMetrics.MeterName);
        meter.CreateObservableUpDownCounter(
            "signalexchange.templates.sketches",
            () => templates.Count,
            "{sketch}",
            "Sketches held."
        );
        meter.CreateObservableUpDownCounter(
            "signalexchange.templates.memory",
            () => templates.MemoryBytes,
            "By",
            "Memory that the sketches take."
        );
        _ads = meter.CreateCounter<long>("signalexchange.templates.ads", "{ad}", "Ads that were asked about.");
        _refusals = meter.CreateCounter<long>(
            "signalexchange.templates.refusals",
            "{refusal}",
            "Registrations and growths that were refused."
        );
    }

    /// <summary>Begins the series of ads: nobody can say how many more there are since a time at which there was no series.</summary>
    public void ShowZeros()
    {
        foreach (var strength in Enum.GetValues<MatchStrength>())
        {
            _ads.Add(0, new KeyValuePair<string, object?>("strength", NameOf(strength)));
        }
    }

    /// <summary>Counts an ad.</summary>
    /// <param name="best">The strongest match that its member was told of; unspecified for none.</param>
    public void Asked(MatchStrength best) => _ads.Add(1, new KeyValuePair<string, object?>("strength", NameOf(best)));

    /// <summary>Counts a refusal.</summary>
    public void Refused(ErrorReason reason) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", ErrorCatalog.NameOf(reason)));

    private static string NameOf(MatchStrength strength) =>
        strength switch
        {
            MatchStrength.Weak => "weak",
            MatchStrength.Match => "match",
            MatchStrength.Strong => "strong",
            _ => "none",
        };
}
