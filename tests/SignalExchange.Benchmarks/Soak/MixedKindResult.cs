namespace SignalExchange.Benchmarks.Soak;

/// <summary>How the calls of one kind went, in milliseconds from when each was due.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Calls">How many were answered.</param>
/// <param name="P50">Half took less.</param>
/// <param name="P99">99 % of them.</param>
/// <param name="P999">99.9 % of them.</param>
/// <param name="Max">The longest.</param>
internal sealed record MixedKindResult(MixedKind Kind, long Calls, double P50, double P99, double P999, double Max);
