using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Templates;

/// <summary>What is known when an ad that matched is to join the template that it matched.</summary>
/// <param name="Sketches">How many sketches the template has, its first included; from 1.</param>
/// <param name="SketchesOfLastDay">How many of them joined within the last 24 hours.</param>
/// <param name="Generation">The generation of the sketch that it agrees with best: 0 for the template's first.</param>
/// <param name="AgreeingBands">In how many bands it agrees with that one.</param>
/// <param name="Strength">What that makes of it.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public readonly record struct Growth(
    int Sketches,
    int SketchesOfLastDay,
    int Generation,
    int AgreeingBands,
    MatchStrength Strength
);
