namespace SignalExchange.Faults.Tests.Network;

/// <summary>The network between silos: a valve for each of them to each other.</summary>
internal sealed class Mesh(int silos)
{
    private readonly Valve[,] _valves = Make(silos);

    /// <summary>Returns the link of a connection that one silo opened to another.</summary>
    public Link Between(int from, int to) => new(_valves[from, to], _valves[to, from]);

    /// <summary>Loses what one silo sends another, whoever opened the connection.</summary>
    public void Cut(int from, int to) => _valves[from, to].Close();

    /// <summary>Returns how often something that one silo sent another was held on its way.</summary>
    public int Held(int from, int to) => _valves[from, to].Held;

    /// <summary>Loses what a silo and all others send each other.</summary>
    public void Isolate(int silo)
    {
        for (var other = 0; other < _valves.GetLength(0); other++)
        {
            Cut(silo, other);
            Cut(other, silo);
        }
    }

    /// <summary>Has everything arrive again.</summary>
    public void Heal()
    {
        foreach (var valve in _valves)
        {
            valve.Open();
        }
    }

    private static Valve[,] Make(int silos)
    {
        var valves = new Valve[silos, silos];
        for (var place = 0; place < silos * silos; place++)
        {
            valves[place / silos, place % silos] = new();
        }

        return valves;
    }
}
