namespace SignalExchange.Benchmarks.Simulation;

/// <summary>What is to happen when, in seconds since the beginning; the earliest happens first.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action<double>, double> _events = new();

    /// <summary>Lets something happen.</summary>
    public void At(double time, Action<double> happen) => _events.Enqueue(happen, time);

    /// <summary>Lets everything happen up to an end.</summary>
    public void RunUntil(double end)
    {
        while (_events.TryPeek(out _, out var time) && time < end)
        {
            _events.Dequeue()(time);
        }
    }
}
