using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage;

namespace SignalExchange.Index.Templates;

/// <summary>Finds the live templates that an ad fits, and remembers the ad for what comes to be common.</summary>
/// <remarks>Safe from any thread. An ad that fits nothing costs some tens of microseconds, no grain call and no allocation.</remarks>
public sealed class AdMatcher
{
    private readonly TemplateIndex _templates;
    private readonly LocalIndex _index;
    private readonly AdTraffic _traffic;
    private readonly TimeProvider _clock;
    private readonly MatchThresholds _thresholds;
    private readonly TimeSpan _reviewOnlyFor;

    /// <summary>Creates it.</summary>
    public AdMatcher(
        TemplateIndex templates,
        LocalIndex index,
        AdTraffic traffic,
        IOptions<TemplateOptions> options,
        TimeProvider clock
    )
    {
        (_templates, _index, _traffic, _clock) = (templates, index, traffic, clock);
        _thresholds = options.Value.ToThresholds();
        _reviewOnlyFor = options.Value.ReviewOnlyFor;
    }

    /// <summary>Gets from how many bands on an ad is found now, unless a template asks for more.</summary>
    public int Threshold => MatchRule.Threshold(_templates.Count, _thresholds);

    /// <summary>Finds the templates that an ad fits.</summary>
    /// <param name="bandTokens">The tokens of its bands in order, 48 times 32 bytes.</param>
    /// <param name="member">Who asks.</param>
    /// <param name="isCounted">Whether it is an ad like others, and makes what it says more common.</param>
    /// <returns>The live ones, with all of their sketches that it fits; mostly none.</returns>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public IReadOnlyList<TemplateCandidate> Find(ReadOnlySpan<byte> bandTokens, MemberId member, bool isCounted)
    {
        if (bandTokens.Length != Limits.BandsPerAd * Token.Size)
        {
            throw new ArgumentException($"An ad has {Limits.BandsPerAd} tokens.", nameof(bandTokens));
        }

        Span<ulong> hashes = stackalloc ulong[Limits.BandsPerAd];
        AdBands.Name(_templates.Key, bandTokens, Token.Size, hashes);
        var owner = AdBands.NameOf(_templates.Key, member.Value);
        var candidates = Find(hashes, owner);

        // What established templates find, however well, makes no stop-band: else ads made of some of a template's bands would blind it.
        if (isCounted && candidates.All(it => it.IsNew))
        {
            _traffic.Note(hashes, owner);
        }

        return candidates;
    }

    private TemplateCandidate[] Find(ReadOnlySpan<ulong> hashes, ulong owner)
    {
        var threshold = Threshold;
        var found = _templates.Find(hashes, _traffic.FindStopBands(hashes, owner), threshold);
        return found.Count == 0 ? [] : Judge(found, threshold);
    }

    private TemplateCandidate[] Judge(IReadOnlyList<SketchFound> found, int threshold)
    {
        var now = _clock.GetUtcNow();
        var newSince = IndicatorSummary.HoursDown(now - _reviewOnlyFor);
        var nowHours = IndicatorSummary.HoursDown(now);
        return
        [
            .. found
                .Where(it => IsLive(it.Template.Token, nowHours))
                .GroupBy(it => it.Template)
                .Select(it => new TemplateCandidate(
                    it.Key.Token,
                    it.Key.RegisteredHours >= newSince,
                    StrengthOf(it.Max(sketch => sketch.AgreeingBands), threshold),
                    [.. it.Select(sketch => (sketch.Place, sketch.AgreeingBands))]
                )),
        ];
    }

    private MatchStrength StrengthOf(int agreeingBands, int threshold) =>
        MatchRule.Judge(agreeingBands, threshold, _thresholds.StrongBands);

    private bool IsLive(Token token, uint nowHours) =>
        _index.TryFind(token, out var summary) && summary.Value > nowHours;
}
