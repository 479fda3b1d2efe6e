namespace SignalExchange.Silo.Browsers;

/// <summary>Marks a connection to the console's address.</summary>
internal sealed class ConsoleConnection
{
    /// <summary>The mark.</summary>
    public static readonly ConsoleConnection Instance = new();

    private ConsoleConnection() { }
}
