using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Templates;

/// <summary>One sketch of a template that an ad fits, as the index found it.</summary>
/// <param name="Sketch">The sketch's place in the template, from 0.</param>
/// <param name="Strength">How well.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.sketch-match")]
public readonly record struct SketchMatch([property: Id(0)] int Sketch, [property: Id(1)] MatchStrength Strength);
