namespace SignalExchange.Silo.AccessLog;

/// <summary>Marks a call that somebody records: its interceptor, the handler of its stream, or who refused it.</summary>
internal sealed class RecordedCall
{
    /// <summary>The mark.</summary>
    public static readonly RecordedCall Instance = new();

    private RecordedCall() { }
}
