using System.Globalization;

namespace SignalExchange.Benchmarks.Simulation;

/// <summary>What came of a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Busy">The share of its cores that the busiest silo used.</param>
/// <param name="CheckP99">99 % of the checks took less, without the step at which answers leave, in milliseconds.</param>
/// <param name="SubmitP99">99 % of the calls with 100 signals.</param>
/// <param name="PropagationP99">99 % of the rows were in every silo's index so soon after they were durable.</param>
/// <param name="MessagesPerSecond">Messages with rows between silos.</param>
/// <param name="AccountShare">The share of what one storage account takes.</param>
/// <param name="MemoryGibibytes">What a silo holds.</param>
/// <param name="RebuildMinutes">How long a silo reads the logs at a start, without a snapshot.</param>
/// <param name="Lost">The share of all calls that went to the silo that had died.</param>
/// <param name="CheckP99After">As <see cref="CheckP99"/>, in the seconds after the death.</param>
/// <param name="LongestSubmitSeconds">The longest that a call with signals waited, the death included.</param>
internal sealed record ScenarioResult(
    Scenario Scenario,
    double Busy,
    double CheckP99,
    double SubmitP99,
    double PropagationP99,
    double MessagesPerSecond,
    double AccountShare,
    double MemoryGibibytes,
    double RebuildMinutes,
    double Lost,
    double CheckP99After,
    double LongestSubmitSeconds
)
{
    // Beyond this a queue grows with every burst.
    private const double MostBusy = 0.7;

    /// <summary>Gets whether the cluster bears it, with one silo fewer, too.</summary>
    public bool Holds => Busy * Scenario.Silos / (Scenario.Silos - 1) <= MostBusy;

    /// <summary>Returns it as a line of a table in Markdown. Waits of a cluster that is given more than it can do grow without end.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {Scenario.Indicators:0e0} | {Scenario.Silos} | {Busy:0 %} | {Wait(CheckP99)} | {Wait(SubmitP99)} | {Wait(PropagationP99)} | {MessagesPerSecond:N0} | {Scenario.Accounts} at {AccountShare:0 %} | {MemoryGibibytes:0.0} | {RebuildMinutes:0.0} | {Lost:0.00 %} | {Wait(CheckP99After)} | {Wait(LongestSubmitSeconds)} | {(Holds ? "yes" : "**no**")} |"
        );

    private string Wait(double time) => Busy < 1 ? time.ToString("0.0", CultureInfo.InvariantCulture) : "grows";
}
