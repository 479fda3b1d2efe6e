using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>What something costs once the runtime has compiled it for good: what is called a few hundred times costs ten times as much.</summary>
/// <remarks>How many calls that takes differs with what is called and with what else the machine does, so the costs themselves say when it is over.</remarks>
internal static class WarmCost
{
    /// <summary>Rounds that count.</summary>
    public const int Rounds = 5;

    /// <summary>Rounds in a row that must not be cheaper than all before.</summary>
    public const int StillRounds = 4;

    /// <summary>The most rounds of warming up, on a machine whose noise never ends.</summary>
    public const int MostWarmUps = 40;

    // What is cheaper by less is noise.
    private const double Gain = 0.03;

    /// <summary>Measures.</summary>
    /// <param name="round">Runs a round, and returns what it cost.</param>
    /// <returns>The median of the rounds that count.</returns>
    public static async Task<double> Measure(Func<Task<double>> round)
    {
        await WarmUp(round);
        var costs = new List<double>();
        for (var number = 0; number < Rounds; number++)
        {
            costs.Add(await round());
        }

        return Median.Of(costs);
    }

    private static async Task WarmUp(Func<Task<double>> round)
    {
        var (cheapest, still) = (double.PositiveInfinity, 0);
        for (var number = 0; number < MostWarmUps && still < StillRounds; number++)
        {
            var cost = await round();
            still = cost < cheapest * (1 - Gain) ? 0 : still + 1;
            cheapest = Math.Min(cheapest, cost);
        }
    }
}
