namespace SignalExchange.Benchmarks.Soak;

/// <summary>How many of a hundred calls are of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Percent">How many.</param>
internal sealed record MixedShare(MixedKind Kind, int Percent);
