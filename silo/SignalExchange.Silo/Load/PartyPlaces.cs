namespace SignalExchange.Silo.Load;

/// <summary>What one party holds of the places, and who of it waits, oldest first. Its owner holds a lock.</summary>
internal sealed class PartyPlaces(LoadParty party)
{
    /// <summary>Gets whose they are.</summary>
    public LoadParty Party => party;

    /// <summary>Gets or sets how many it holds.</summary>
    public int Held { get; set; }

    /// <summary>Gets who waits.</summary>
    public LinkedList<WaitingCall> Waiting { get; } = new();
}
