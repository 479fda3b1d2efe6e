using SignalExchange.Tokens.Templates;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>An ad and its sketch.</summary>
/// <param name="Row">The ad.</param>
/// <param name="Sketch">Null if it was refused: it is then found by nobody, and counts as missed.</param>
internal sealed record SketchedAd(AdRow Row, AdSketch? Sketch)
{
    public static SketchedAd Of(AdRow row) => new(row, AdSketch.From(row.Text).Sketch);

    public int CountAgreeingBands(SketchedAd other) =>
        Sketch is null || other.Sketch is null ? 0 : Sketch.CountAgreeingBands(other.Sketch);
}
