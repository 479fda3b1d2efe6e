namespace SignalExchange.Benchmarks.Simulation;

/// <summary>A shard: one commit at a time; what comes meanwhile shares the next.</summary>
internal sealed class SimulatedShard(int number, int owner)
{
    private readonly Queue<SimulatedCall> _waiting = new();

    /// <summary>Gets its number.</summary>
    public int Number => number;

    /// <summary>Gets or sets the silo that writes it.</summary>
    public int Owner { get; set; } = owner;

    /// <summary>Gets or sets whether a commit is under way.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Lets signals wait, one of a call each time.</summary>
    public void Add(SimulatedCall call) => _waiting.Enqueue(call);

    /// <summary>Takes as many as a commit holds.</summary>
    public List<SimulatedCall> Take()
    {
        var taken = new List<SimulatedCall>();
        while (taken.Count < Assumptions.SignalsInCommit && _waiting.TryDequeue(out var call))
        {
            taken.Add(call);
        }

        return taken;
    }
}
