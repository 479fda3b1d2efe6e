using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Index.Templates;

/// <summary>A live template that an ad fits, as the index sees it; who may hear of it, its grain says.</summary>
/// <param name="Token">The template.</param>
/// <param name="IsNew">Whether it is still in its first days.</param>
/// <param name="Sketches">Its sketches that the ad fits: the place of each in the template, and how well.</param>
public sealed record TemplateCandidate(
    Token Token,
    bool IsNew,
    IReadOnlyList<(int Place, MatchStrength Strength)> Sketches
)
{
    /// <summary>Gets how well the ad fits the sketch that it fits best.</summary>
    public MatchStrength Strength => Sketches.Max(sketch => sketch.Strength);
}
