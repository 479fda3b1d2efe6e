using System.Numerics;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Index.Templates;

/// <summary>What may become a template: not what many ads say, nor what would find many ads.</summary>
/// <remarks>Safe from any thread. Some milliseconds at most, for the dry run.</remarks>
public sealed class RegistrationGate(
    TemplateIndex templates,
    AdTraffic traffic,
    AdMatcher matcher,
    IOptions<TemplateOptions> options
)
{
    /// <summary>Judges an ad that is not a template yet.</summary>
    /// <param name="bandTokens">The tokens of its bands in order, 48 times 32 bytes.</param>
    /// <param name="member">Who registers it.</param>
    /// <param name="minBands">How many bands must agree at least; 0 if it asks for nothing.</param>
    /// <returns>Why it must not become one; null if nothing is known against it.</returns>
    /// <remarks>Says no numbers: how many of an ad's bands are common is nobody's business.</remarks>
    public Refusal? Judge(ReadOnlySpan<byte> bandTokens, MemberId member, int minBands)
    {
        var limits = options.Value;
        if (templates.Count >= limits.MaxLiveSketches)
        {
            return new Refusal(ErrorReason.TooManyTemplates, "", limits.MaxLiveSketches);
        }

        var owner = AdBands.NameOf(templates.Key, member.Value);
        if (templates.CountOf(owner) >= limits.MaxLiveSketchesPerMember)
        {
            return new Refusal(ErrorReason.TooManyTemplates, "", limits.MaxLiveSketchesPerMember);
        }

        Span<ulong> hashes = stackalloc ulong[Limits.BandsPerAd];
        AdBands.Name(templates.Key, bandTokens, Token.Size, hashes);
        var stopBands = traffic.FindStopBands(hashes, owner);
        if (BitOperations.PopCount(stopBands | FindCrowded(hashes, owner)) > limits.MaxCommonBands)
        {
            return new Refusal(ErrorReason.TemplateBoilerplate, "elements");
        }

        return traffic.WouldMatchTooMany(hashes, owner, stopBands, Math.Max(matcher.Threshold, minBands))
            ? new Refusal(ErrorReason.TemplateTooCommon, "elements")
            : null;
    }

    private ulong FindCrowded(ReadOnlySpan<ulong> hashes, ulong owner)
    {
        var crowded = 0UL;
        for (var band = 0; band < hashes.Length; band++)
        {
            crowded |= templates.IsCrowded(band, hashes[band], owner) ? 1UL << band : 0;
        }

        return crowded;
    }
}
