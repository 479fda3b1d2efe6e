using SignalExchange.Benchmarks.Simulation;

namespace SignalExchange.Benchmarks.Tests.Simulation;

/// <summary>Nothing counts before the runtime has compiled what it runs.</summary>
public sealed class WarmCostTests
{
    private int _rounds;

    [Fact]
    public async Task Rounds_count_once_they_get_no_cheaper()
    {
        // As code that is compiled again and again: twenty rounds, each cheaper than the one before.
        var cost = await WarmCost.Measure(Costs(round => Math.Max(10, 1_000 * Math.Pow(0.75, round))));

        Assert.Equal(10, cost);
        Assert.Equal(17 + WarmCost.StillRounds + WarmCost.Rounds, _rounds);
    }

    [Fact]
    public async Task A_quiet_moment_on_the_way_down_is_not_the_end()
    {
        var cost = await WarmCost.Measure(
            Costs(round =>
                round < 3 ? 1_000
                : round < 6 ? 500
                : 10
            )
        );

        Assert.Equal(10, cost);
    }

    [Fact]
    public async Task A_machine_whose_noise_never_ends_is_not_waited_for()
    {
        var cost = await WarmCost.Measure(Costs(round => Math.Pow(0.9, round)));

        Assert.Equal(WarmCost.MostWarmUps + WarmCost.Rounds, _rounds);
        Assert.Equal(Math.Pow(0.9, WarmCost.MostWarmUps + (WarmCost.Rounds / 2)), cost, precision: 12);
    }

    [Fact]
    public async Task One_round_of_noise_among_those_that_count_changes_nothing() =>
        Assert.Equal(10, await WarmCost.Measure(Costs(round => round == WarmCost.StillRounds + 3 ? 900 : 10)));

    private Func<Task<double>> Costs(Func<int, double> costOf) => () => Task.FromResult(costOf(_rounds++));
}
