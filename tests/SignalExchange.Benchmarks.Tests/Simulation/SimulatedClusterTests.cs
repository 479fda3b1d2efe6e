using SignalExchange.Benchmarks.Harness;
using SignalExchange.Benchmarks.Simulation;

namespace SignalExchange.Benchmarks.Tests.Simulation;

/// <summary>A cluster that nobody has: what must come out whatever the costs are, and that its table says what it rests on.</summary>
public sealed class SimulatedClusterTests
{
    private static readonly OperationCosts Costs = new(
        Check: 200,
        Token: 1,
        Signal: 100,
        Apply: 1,
        Rebuild: 10,
        Commit: 5,
        BytesPerIndicator: 16,
        BaseMebibytes: 200,
        Idle: 0.04
    );

    private static readonly Scenario Small = new(
        Silos: 3,
        Indicators: 1_000_000,
        ChecksPerSecond: 500,
        SignalsPerSecond: 200
    );

    [Fact]
    public void The_same_seed_lives_the_same_life() => Assert.Equal(Run(Small), Run(Small));

    [Fact]
    public void Twice_the_costs_keep_a_silo_twice_as_busy_but_for_what_it_does_unasked()
    {
        var (once, twice) = (Run(Small), Run(Small, Costs with { Check = 400, Signal = 200, Apply = 2 }));

        var idle = Costs.Idle / Assumptions.Cores;
        Assert.InRange((twice.Busy - idle) / (once.Busy - idle), 1.8, 2.0);
        Assert.True(twice.CheckP99 > once.CheckP99);
    }

    [Fact]
    public void A_silo_that_nobody_calls_uses_what_it_uses_unasked() =>
        Assert.Equal(
            Costs.Idle / Assumptions.Cores,
            Run(Small with { ChecksPerSecond = 1e-9, SignalsPerSecond = 1e-9 }).Busy
        );

    [Fact]
    public void A_death_loses_calls_until_the_balancer_notices_and_holds_up_submissions_until_its_shards_have_a_home()
    {
        var result = Run(Small);

        // One of three silos, for one second of the twenty.
        Assert.InRange(result.Lost, 0.5 / 60, 1.5 / 60);
        Assert.InRange(result.LongestSubmitSeconds, Assumptions.ClusterNotices - 2, Assumptions.ClusterNotices + 2);
    }

    [Fact]
    public void More_than_there_are_cores_for_does_not_hold()
    {
        Assert.True(Run(Small).Holds);
        Assert.False(Run(Small with { ChecksPerSecond = 130_000 }).Holds);
    }

    [Fact]
    public void Scenarios_go_from_three_to_forty_eight_silos_and_to_a_thousand_million_indicators()
    {
        Assert.Equal([3, 6, 12, 24, 48], Scenario.All.Select(it => it.Silos).Distinct());
        Assert.Equal([100_000_000, 1_000_000_000], Scenario.All.Select(it => it.Indicators).Distinct());
    }

    [Fact]
    public void The_table_states_its_costs_its_checks_and_every_assumption()
    {
        using var output = new StringWriter();
        var check = new ModelCheck(3, "some calls", Predicted: 0.3, Measured: 0.25);
        var result = Run(Small);

        new SimulationReport(Machine.Describe(), Costs, [check], [result]).Print(output);

        var lines = output.ToString().Split(output.NewLine);
        Assert.Contains(lines, it => it.StartsWith("Measured: a check 200 us", StringComparison.Ordinal));
        Assert.Contains("| 3 | some calls | 0.300 | 0.250 | +20 % |", lines);
        Assert.All(Assumptions.Lines, line => Assert.Contains($"* {line}", lines));
        Assert.Contains(result.ToString(), lines);
        Assert.All(
            lines.Where(it => it.StartsWith("| 1e", StringComparison.Ordinal)),
            it => Assert.Equal(Columns(lines, "| indicators"), it.Count(sign => sign == '|'))
        );
    }

    private static int Columns(string[] lines, string header) =>
        lines.Single(it => it.StartsWith(header, StringComparison.Ordinal)).Count(sign => sign == '|');

    private static ScenarioResult Run(Scenario scenario, OperationCosts? costs = null) =>
        new SimulatedCluster(scenario, costs ?? Costs).Run();
}
