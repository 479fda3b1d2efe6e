namespace SignalExchange.Silo.InProcess;

/// <summary>Marks a connection that came from this process: only here is it believed who a call is made for.</summary>
internal sealed class InProcessConnection
{
    /// <summary>The mark.</summary>
    public static readonly InProcessConnection Instance = new();

    private InProcessConnection() { }
}
