using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Load;

namespace SignalExchange.Benchmarks.Tests.Compare;

/// <summary>Sides in turns, and rows whose rounds lie too far apart.</summary>
public sealed class ContestTests
{
    private const int WarmUps = 4;
    private const int Rounds = 3;

    private readonly List<string> _turns = [];

    [Fact]
    public async Task Sides_take_turns_and_the_rounds_that_warm_up_do_not_count()
    {
        // While they warm up, ours is a hundred times as slow.
        var row = Assert.Single(await Run(turn => turn < WarmUps ? 1 : 100, _ => 100));

        Assert.Equal(string.Concat(Enumerable.Repeat("ab", WarmUps + Rounds)), string.Concat(_turns));
        Assert.Equal((1, 0, Rounds), (row.Ratio.Median, row.Spread, row.Ratio.Rounds));
    }

    [Theory]
    [InlineData(129, 1)]
    [InlineData(131, 2)]
    public async Task Rounds_more_than_thirty_percent_apart_are_run_once_more(double last, int runs)
    {
        // The rounds of the first run: 100, 100, and the last.
        var row = Assert.Single(await Run(turn => turn == WarmUps + Rounds - 1 ? last : 100, _ => 100));

        Assert.Equal(2 * (WarmUps + (runs * Rounds)), _turns.Count);
        Assert.Equal(runs == 1 ? 0.29 : 0, row.Spread, precision: 10);
    }

    [Fact]
    public async Task Rounds_that_still_lie_apart_are_printed_with_their_spread()
    {
        var row = Assert.Single(await Run(turn => 100 + (turn % 3 * 100), _ => 100));

        Assert.Equal(2 * (WarmUps + (2 * Rounds)), _turns.Count);
        Assert.Equal(1, row.Spread);
        Assert.Contains("| 2.00 [1.00 to 3.00] | 100 % |", row.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_row_too_far_apart_is_enough()
    {
        var runs = 0;

        var rows = await SteadyRows.Run(() =>
        {
            runs++;
            return Task.FromResult<IReadOnlyList<ComparedRow>>([Row(runs, runs, runs), Row(runs, runs, 2 * runs)]);
        });

        Assert.Equal(2, runs);
        Assert.Equal([1, 2], rows.Select(it => it.Ours.Median)); // the steady one stands as it was
        Assert.Equal([0, 1], rows.Select(it => it.Spread));
    }

    private static ComparedRow Row(params double[] ours) =>
        ComparedRow.Of("row", "1/s", ours, [.. ours.Select(_ => 1.0)], target: null);

    // Rates of two sides, by the number of the turn.
    private Task<IReadOnlyList<ComparedRow>> Run(Func<int, double> ours, Func<int, double> peer) =>
        new Contest([Side("a", ours), Side("b", peer)], Rounds).Run(rounds => [rounds.RateRow("row", "a", "b", null)]);

    private Contestant Side(string name, Func<int, double> rate)
    {
        var turn = 0;
        return new(
            name,
            () =>
            {
                _turns.Add(name);
                return Task.FromResult(new LoadResult((long)rate(turn++), 1, 0, 0, 0));
            }
        );
    }
}
