using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Client.Templates;

/// <summary>What the exchange says about one ad.</summary>
/// <param name="Templates">The templates that it fits and that this member may hear of, the strongest first.</param>
/// <param name="Refusal">Why the text was not asked about: it is too short, says too little, or is too long. Null if it was.</param>
/// <remarks>Immutable as far as its messages are left alone; safe from any thread. Holds nothing of the ad.</remarks>
public sealed record AdMatchResult(IReadOnlyList<AdTemplateMatch> Templates, AdRefusal? Refusal)
{
    /// <summary>Gets how well the ad fits the template that it fits best; unspecified if it fits none.</summary>
    public MatchStrength Strength => Templates.Count == 0 ? MatchStrength.Unspecified : Templates[0].Strength;

    /// <summary>Gets whether it fits any.</summary>
    public bool IsMatch => Templates.Count > 0;

    internal static AdMatchResult Refused(AdRefusal refusal) => new([], refusal);

    /// <summary>Puts together what was found in the whole and in its parts: each template once, as the strongest says.</summary>
    internal static AdMatchResult Of(IEnumerable<TemplateMatch> found) =>
        new(
            [
                .. found
                    .GroupBy(match => match.TemplateId, (_, same) => same.MaxBy(match => match.Strength)!)
                    .OrderByDescending(match => match.Strength)
                    .Select(match => new AdTemplateMatch(
                        Contracts.TemplateId.Read(match.TemplateId.Span),
                        match.Strength,
                        match.Verdict
                    )),
            ],
            null
        );
}
