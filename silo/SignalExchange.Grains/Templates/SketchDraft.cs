namespace SignalExchange.Grains.Templates;

/// <summary>The sketch of an ad on its way into a template.</summary>
/// <param name="Bands">The first 16 bytes of the token of each of its bands, one after the other.</param>
/// <param name="SealedElements">The bands' elements, each sealed, one after the other.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.sketch-draft")]
public sealed record SketchDraft([property: Id(0)] byte[] Bands, [property: Id(1)] byte[] SealedElements);
