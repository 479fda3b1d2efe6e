using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Index.Templates;

/// <summary>A live template that an ad may fit, as the index sees it; who may hear of it, and how much those ask for, its grain says.</summary>
/// <param name="Token">The template.</param>
/// <param name="IsNew">Whether it is still in its first days.</param>
/// <param name="Strength">How well the ad fits the sketch that it fits best, if nobody asks for more bands than the exchange.</param>
/// <param name="Sketches">Its sketches that the ad may fit: the place of each in the template, and in how many bands the two agree.</param>
public sealed record TemplateCandidate(
    Token Token,
    bool IsNew,
    MatchStrength Strength,
    IReadOnlyList<(int Place, int AgreeingBands)> Sketches
);
