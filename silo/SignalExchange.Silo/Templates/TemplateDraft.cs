using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Templates;

namespace SignalExchange.Silo.Templates;

/// <summary>A registration or growth after its reading: what its template is asked to write, or a refusal.</summary>
/// <param name="Token">The template.</param>
/// <param name="Submit">What the member states.</param>
/// <param name="Sketch">What its ad is found by.</param>
/// <param name="BandTokens">The tokens of the ad's bands.</param>
/// <param name="Refusal">Why not; null if it was read.</param>
internal readonly record struct TemplateDraft(
    Token Token,
    SubmitCommand? Submit,
    SketchDraft? Sketch,
    byte[] BandTokens,
    Refusal? Refusal
)
{
    public TemplateDraft(Refusal refusal)
        : this(default, null, null, [], refusal) { }
}
