namespace SignalExchange.Benchmarks.Simulation;

/// <summary>Storage accounts whose partitions, and who themselves, take so many entities a second and let the rest wait.</summary>
internal sealed class SimulatedStorage(int accounts)
{
    private readonly double[] _accountFreeAt = new double[accounts];
    private readonly double[] _partitionFreeAt = new double[Assumptions.Shards];

    /// <summary>Gets how many entities were written.</summary>
    public long Entities { get; private set; }

    /// <summary>Writes a transaction.</summary>
    /// <param name="now">When it comes.</param>
    /// <param name="shard">The partition.</param>
    /// <param name="entities">Its entities.</param>
    /// <returns>When it is done.</returns>
    public double Write(double now, int shard, int entities)
    {
        Entities += entities;
        var begun = Wait(ref _partitionFreeAt[shard], now, entities / Assumptions.PartitionEntities);
        begun = Wait(ref _accountFreeAt[shard % _accountFreeAt.Length], begun, entities / Assumptions.AccountEntities);
        return begun + Assumptions.Write;
    }

    private static double Wait(ref double freeAt, double now, double takes)
    {
        var begun = Math.Max(now, freeAt);
        freeAt = begun + takes;
        return begun;
    }
}
