using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>What a child measured for one row: both sides, round by round.</summary>
/// <param name="Name">The row.</param>
/// <param name="Unit">In what.</param>
/// <param name="Ours">The exchange.</param>
/// <param name="Peer">The other side.</param>
/// <param name="Target">What the ratio is to reach; null for a row that only informs.</param>
internal sealed record RoundPair(
    string Name,
    string Unit,
    IReadOnlyList<double> Ours,
    IReadOnlyList<double> Peer,
    Target? Target
)
{
    private const int Turns = 20;

    /// <summary>Makes rounds of many short turns, by their medians.</summary>
    public static RoundPair OfSamples(
        string name,
        string unit,
        IReadOnlyList<double> ours,
        IReadOnlyList<double> peer,
        Target? target
    ) => new(name, unit, Rounds(ours), Rounds(peer), target);

    /// <summary>Returns the row.</summary>
    public ComparedRow ToRow() => ComparedRow.Of(Name, Unit, Ours, Peer, Target);

    private static double[] Rounds(IReadOnlyList<double> samples) =>
        [.. samples.Chunk(Turns).Where(it => it.Length == Turns).Select(Median.Of)];
}
