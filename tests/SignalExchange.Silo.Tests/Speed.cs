namespace SignalExchange.Silo.Tests;

/// <summary>The trait of classes that start exchange upon exchange, or a database for one: <c>./test.sh --quick</c> leaves them out.</summary>
internal static class Speed
{
    public const string Name = "Speed";
    public const string Slow = "Slow";
}
