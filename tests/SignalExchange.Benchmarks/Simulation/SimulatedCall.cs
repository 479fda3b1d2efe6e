namespace SignalExchange.Benchmarks.Simulation;

/// <summary>A call that submits: answered when all of its signals are durable.</summary>
/// <param name="begun">When it came.</param>
/// <param name="signals">How many it has.</param>
internal sealed class SimulatedCall(double begun, int signals)
{
    private int _left = signals;

    /// <summary>Gets when it came.</summary>
    public double Begun => begun;

    /// <summary>Notes that a signal is durable.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool Acknowledge() => --_left == 0;
}
