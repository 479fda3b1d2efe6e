using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;

namespace SignalExchange.Grains.Templates;

/// <summary>A member registers an edited copy under a template, its form and rules checked already.</summary>
/// <param name="Submit">What it states about the template.</param>
/// <param name="Sketch">What the copy is found by.</param>
/// <param name="Threshold">How many bands must agree, as many sketches as there are now.</param>
/// <param name="StrongBands">From how many on a match is strong.</param>
/// <param name="Objection">Why a copy that adds something must not join; null if nothing is known against it.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.grow")]
public sealed record GrowCommand(
    [property: Id(0)] SubmitCommand Submit,
    [property: Id(1)] SketchDraft Sketch,
    [property: Id(2)] int Threshold,
    [property: Id(3)] int StrongBands,
    [property: Id(4)] ItemError? Objection
);
