using SignalExchange.Contracts.V1;

namespace SignalExchange.Demo.Corpus;

/// <summary>One made-up identifier, and how people write it.</summary>
/// <param name="Type">What kind it is.</param>
/// <param name="Namespace">The platform or chain; null where there is none.</param>
/// <param name="Region">The region to read it in; null where there is none.</param>
/// <param name="Spellings">At least two ways to write it; the first is what platform A holds.</param>
internal sealed record Specimen(IndicatorType Type, string? Namespace, string? Region, IReadOnlyList<string> Spellings);
