using System.Collections.Concurrent;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>Which silos failed lately, and how long each is left alone: twice as long with each failure in a row.</summary>
/// <remarks>
/// A connection tells that a process is there, not that it can do anything: one that is starting, draining or stopped in its tracks still
/// has one. So what counts is what became of calls. Safe from any thread; a rest of all of them is a rest of none.
/// </remarks>
internal sealed class SiloRest(TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Host, int Port), (int Failures, long Since)> _failing = new();

    /// <summary>Takes note that a call was not served: the silo was away, or said that it was not ready.</summary>
    public void Failed(string host, int port) =>
        _failing.AddOrUpdate(
            (host, port),
            static (_, now) => (1, now),
            static (_, before, now) => (Math.Min(before.Failures + 1, 16), now),
            clock.GetTimestamp()
        );

    /// <summary>Takes note that a call was served, be it with a refusal.</summary>
    public void Served(string host, int port) => _failing.TryRemove((host, port), out _);

    /// <summary>Returns whether a silo is left alone for now.</summary>
    public bool IsResting(string host, int port)
    {
        if (!_failing.TryGetValue((host, port), out var state))
        {
            return false;
        }

        var rest = Shortest * Math.Pow(2, state.Failures - 1);
        return clock.GetElapsedTime(state.Since) < (rest < Longest ? rest : Longest);
    }
}
