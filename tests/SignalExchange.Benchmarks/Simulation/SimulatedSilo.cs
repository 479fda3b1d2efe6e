namespace SignalExchange.Benchmarks.Simulation;

/// <summary>A silo's cores: work is done in the order in which it comes, by whichever core is free first.</summary>
internal sealed class SimulatedSilo
{
    private readonly double[] _freeAt = new double[Assumptions.Cores];

    /// <summary>Gets the processor time that was used, in seconds.</summary>
    public double Used { get; private set; }

    /// <summary>Gets or sets whether it died.</summary>
    public bool IsDead { get; set; }

    /// <summary>Does some work.</summary>
    /// <param name="now">When it comes.</param>
    /// <param name="cost">Processor time, in seconds.</param>
    /// <returns>When it is done.</returns>
    public double Work(double now, double cost)
    {
        var core = 0;
        for (var other = 1; other < _freeAt.Length; other++)
        {
            core = _freeAt[other] < _freeAt[core] ? other : core;
        }

        Used += cost;
        return _freeAt[core] = Math.Max(now, _freeAt[core]) + cost;
    }
}
