namespace SignalExchange.Silo.Telemetry;

/// <summary>Marks a connection to the address where metrics and health are served.</summary>
internal sealed class OperationsConnection
{
    /// <summary>The mark.</summary>
    public static readonly OperationsConnection Instance = new();

    private OperationsConnection() { }
}
