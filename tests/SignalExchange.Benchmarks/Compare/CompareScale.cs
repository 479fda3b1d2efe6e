namespace SignalExchange.Benchmarks.Compare;

/// <summary>How much a comparison does.</summary>
/// <param name="Rounds">Rounds that count, an odd number.</param>
/// <param name="Seconds">The length of a side's turn.</param>
/// <param name="Known">The indicators that all sides hold.</param>
/// <param name="MemoryKnown">Those of the silo whose memory is weighed.</param>
/// <param name="Growth">The sizes of the index that are compared.</param>
/// <param name="IndexTokens">The tokens in the index that is probed.</param>
/// <param name="SubmitBatches">Batches a turn.</param>
/// <param name="LogEntries">Entries a turn.</param>
internal sealed record CompareScale(
    int Rounds,
    double Seconds,
    int Known,
    int MemoryKnown,
    IReadOnlyList<int> Growth,
    int IndexTokens,
    int SubmitBatches,
    int LogEntries
)
{
    /// <summary>For a look: minutes on two cores.</summary>
    public static readonly CompareScale Quick = new(
        Rounds: 5,
        Seconds: 1,
        Known: 200_000,
        MemoryKnown: 1_000_000,
        Growth: [10_000, 1_000_000, 10_000_000],
        IndexTokens: 10_000_000,
        SubmitBatches: 12,
        LogEntries: 30_000
    );

    /// <summary>For the record.</summary>
    public static readonly CompareScale Full = new(
        Rounds: 7,
        Seconds: 3,
        Known: 1_000_000,
        MemoryKnown: 10_000_000,
        Growth: [10_000, 1_000_000, 10_000_000, 50_000_000],
        IndexTokens: 10_000_000,
        SubmitBatches: 20,
        LogEntries: 200_000
    );
}
