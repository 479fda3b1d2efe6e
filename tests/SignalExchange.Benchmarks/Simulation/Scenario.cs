namespace SignalExchange.Benchmarks.Simulation;

/// <summary>An exchange that one might need.</summary>
/// <param name="Silos">Its silos.</param>
/// <param name="Indicators">What it holds.</param>
/// <param name="ChecksPerSecond">Checks of one token.</param>
/// <param name="SignalsPerSecond">Signals on new indicators.</param>
internal sealed record Scenario(int Silos, long Indicators, double ChecksPerSecond, double SignalsPerSecond)
{
    private static readonly int[] Sizes = [3, 6, 12, 24, 48];

    /// <summary>A hundred million indicators, and ten times that, with demand that grows along, on 3 to 48 silos.</summary>
    public static IEnumerable<Scenario> All =>
        [
            .. Sizes.Select(silos => new Scenario(silos, 100_000_000, 20_000, 1_000)),
            .. Sizes.Select(silos => new Scenario(silos, 1_000_000_000, 100_000, 5_000)),
        ];

    /// <summary>Gets how many storage accounts its entities need, once again half as many for what comes at once.</summary>
    public int Accounts =>
        (int)Math.Ceiling(1.5 * SignalsPerSecond * (1 + (2.0 / SignalsInRow)) / Assumptions.AccountEntities);

    // A call's signals fall on nearly as many shards: each row of the log holds one or two of them.
    private static double SignalsInRow =>
        Assumptions.SignalsInCall
        / (Assumptions.Shards * (1 - Math.Pow(1 - (1.0 / Assumptions.Shards), Assumptions.SignalsInCall)));
}
