namespace SignalExchange.Audit.Anomalies;

/// <summary>What a rule found in an entry and those before it.</summary>
/// <param name="Measured">What was measured, in the rule's unit.</param>
/// <param name="Threshold">What it was held against.</param>
/// <param name="First">The first entry of what it looked at.</param>
/// <param name="Indexes">The last entries of it, ascending, at most 100.</param>
/// <param name="IsAboutKey">Whether it is about the entry's key; else it is about its member.</param>
internal sealed record Finding(long Measured, long Threshold, long First, IReadOnlyList<long> Indexes, bool IsAboutKey);
