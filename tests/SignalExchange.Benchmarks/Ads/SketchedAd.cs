using SignalExchange.Tokens.Templates;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>An ad and its bands.</summary>
/// <param name="Row">The ad.</param>
/// <param name="Bands">Its bands in order; null if it was refused: it is then found by nobody, and counts as missed.</param>
/// <param name="Ignored">A bit for each band that the exchange ignores (<see cref="StopBands"/>).</param>
internal sealed record SketchedAd(AdRow Row, ulong[]? Bands, ulong Ignored = 0)
{
    /// <summary>Returns whether a band counts.</summary>
    public bool Counts(int band) => (Ignored & (1UL << band)) == 0;

    /// <summary>Returns in how many bands two ads agree, as the exchange counts them.</summary>
    public int CountAgreeingBands(SketchedAd other)
    {
        if (Bands is null || other.Bands is null)
        {
            return 0;
        }

        var agreeing = 0;
        for (var band = 0; band < Bands.Length; band++)
        {
            agreeing += Counts(band) && Bands[band] == other.Bands[band] ? 1 : 0;
        }

        return agreeing;
    }

    /// <summary>Returns what is asked about when windows are asked about, too: the ad and its parts.</summary>
    public IEnumerable<SketchedAd> WithWindows(StopBands stopBands) =>
        Bands is null
            ? [this]
            : AdWindows
                .Of(Row.Text)
                .Select(part => stopBands.Apply(this with { Bands = ProductBands.Of(part) }))
                .Prepend(this);
}
