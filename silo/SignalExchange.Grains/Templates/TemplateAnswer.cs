using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Templates;

/// <summary>What a template answers about an ad.</summary>
/// <param name="Strength">How well the ad fits what the caller may hear of.</param>
/// <param name="Verdict">What that is.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.template-answer")]
public sealed record TemplateAnswer([property: Id(0)] MatchStrength Strength, [property: Id(1)] Verdict Verdict);
