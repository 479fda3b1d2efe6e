using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;

namespace SignalExchange.Grains.Templates;

/// <summary>A member registers an ad as a template, its form and rules checked already.</summary>
/// <param name="Submit">What it states about it.</param>
/// <param name="Sketch">What the ad is found by.</param>
/// <param name="MinBands">How many bands must agree at least; 0 if the member asks for nothing.</param>
/// <param name="Objection">Why an ad that is not there yet must not become a template; null if nothing is known against it.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.register")]
public sealed record RegisterCommand(
    [property: Id(0)] SubmitCommand Submit,
    [property: Id(1)] SketchDraft Sketch,
    [property: Id(2)] int MinBands,
    [property: Id(3)] ItemError? Objection
);
