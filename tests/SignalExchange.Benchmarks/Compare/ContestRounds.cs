using SignalExchange.Benchmarks.Load;

namespace SignalExchange.Benchmarks.Compare;

/// <summary>What the rounds of a contest came to, side by side.</summary>
internal sealed class ContestRounds
{
    private readonly Dictionary<string, List<LoadResult>> _results = new(StringComparer.Ordinal);

    /// <summary>Notes a side's round.</summary>
    public void Add(string side, LoadResult result) =>
        (_results.TryGetValue(side, out var rounds) ? rounds : _results[side] = []).Add(result);

    /// <summary>Returns a side's calls a second, round by round.</summary>
    public IReadOnlyList<double> Rates(string side) => _results[side].ConvertAll(it => it.PerSecond);

    /// <summary>Returns below what 99 % of a side's answers were, round by round, in milliseconds.</summary>
    public IReadOnlyList<double> P99s(string side) => _results[side].ConvertAll(it => it.P99);

    /// <summary>Makes a row of two sides' calls a second.</summary>
    public ComparedRow RateRow(string name, string ours, string peer, Target? target) =>
        ComparedRow.Of(name, "1/s", Rates(ours), Rates(peer), target);
}
