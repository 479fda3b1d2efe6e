using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>A template of a fake exchange: an indicator, and the sketches that it is found by.</summary>
internal sealed class FakeTemplate(TemplateId id, DateTimeOffset registeredAt)
{
    private static readonly TimeSpan ReviewOnlyFor = TimeSpan.FromDays(7);

    public TemplateId Id => id;

    public FakeIndicator Indicator { get; } = new(IndicatorType.AdTemplate, ByteString.Empty);

    public List<FakeSketch> Sketches { get; } = [];

    public DateTimeOffset RegisteredAt { get; set; } = registeredAt;

    /// <summary>Gets how many bands members ask for at least; it holds for those who hear the member.</summary>
    public Dictionary<string, int> Asks { get; } = new(StringComparer.Ordinal);

    public bool IsNewAt(DateTimeOffset now) => now < RegisteredAt + ReviewOnlyFor;

    public bool IsLiveAt(DateTimeOffset now) => Indicator.Signals.Exists(signal => signal.IsLive(now));

    /// <summary>Returns how well an ad fits what a caller may hear of.</summary>
    public MatchStrength StrengthFor(Caller caller, IReadOnlyList<Token> bands, int threshold, DateTimeOffset now) =>
        TemplateVerdictPolicy.StrengthFor(
            Indicator.Signals,
            Sketches.Select(sketch => new SketchHit(
                sketch.Owners,
                Judge(caller, sketch.CountAgreeing(bands), threshold, now)
            )),
            caller,
            now
        );

    /// <summary>Returns the sketch that an ad agrees with best, of those that a caller may hear of; null if there is none.</summary>
    public FakeSketch? FindNearest(Caller caller, IReadOnlyList<Token> bands, DateTimeOffset now)
    {
        var heard = HeardBy(caller, now);
        return Sketches
            .Where(sketch => sketch.Owners.Count == 0 ? heard.Count > 0 : sketch.Owners.Exists(heard.Contains))
            .MaxBy(sketch => sketch.CountAgreeing(bands));
    }

    public MatchStrength Judge(Caller caller, int agreeing, int threshold, DateTimeOffset now)
    {
        var heard = HeardBy(caller, now);
        var asked = Asks.Where(ask => heard.Contains(ask.Key)).Select(ask => ask.Value).DefaultIfEmpty().Max();
        return MatchRule.Judge(agreeing, Math.Max(threshold, asked), MatchThresholds.Default.StrongBands);
    }

    private HashSet<string> HeardBy(Caller caller, DateTimeOffset now) =>
        Indicator
            .Signals.Where(signal => signal.IsLive(now) && Visibility.CanSee(signal, caller))
            .Select(signal => signal.Owner)
            .ToHashSet(StringComparer.Ordinal);
}
