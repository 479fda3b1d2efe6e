namespace SignalExchange.Benchmarks.Soak;

/// <summary>What a mixed load did in some time.</summary>
/// <param name="Failed">Calls that were refused or failed.</param>
/// <param name="Skipped">Calls that were due and did not begin, since too many were under way.</param>
/// <param name="Kinds">The calls that were answered, by kind.</param>
internal sealed record MixedInterval(long Failed, long Skipped, IReadOnlyList<MixedKindResult> Kinds)
{
    /// <summary>Gets how many were answered.</summary>
    public long Answered => Kinds.Sum(it => it.Calls);
}
