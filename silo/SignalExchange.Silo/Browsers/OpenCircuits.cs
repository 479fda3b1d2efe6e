using System.Collections.Concurrent;

namespace SignalExchange.Silo.Browsers;

/// <summary>The pages that are open on this silo. Safe from any thread.</summary>
internal sealed class OpenCircuits
{
    private readonly ConcurrentDictionary<string, CircuitSession> _circuits = new(StringComparer.Ordinal);

    /// <summary>Gets how many there are.</summary>
    public int Count => _circuits.Count;

    /// <summary>Gets them.</summary>
    public IEnumerable<CircuitSession> All => _circuits.Values;

    /// <summary>Adds one.</summary>
    public void Add(string circuit, CircuitSession session) => _circuits[circuit] = session;

    /// <summary>Removes one.</summary>
    public void Remove(string circuit) => _circuits.TryRemove(circuit, out _);
}
