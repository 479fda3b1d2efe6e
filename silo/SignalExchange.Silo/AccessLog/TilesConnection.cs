namespace SignalExchange.Silo.AccessLog;

/// <summary>Marks a connection to the address where tiles are served.</summary>
internal sealed class TilesConnection
{
    /// <summary>The mark.</summary>
    public static readonly TilesConnection Instance = new();

    private TilesConnection() { }
}
