namespace SignalExchange.Grains.Templates;

/// <summary>One sketch of a template that an ad may fit, as the index found it.</summary>
/// <param name="Sketch">The sketch's place in the template, from 0.</param>
/// <param name="AgreeingBands">In how many bands the two agree.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.sketch-match")]
public readonly record struct SketchMatch([property: Id(0)] int Sketch, [property: Id(2)] int AgreeingBands);
