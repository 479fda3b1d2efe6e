namespace SignalExchange.Silo.Census;

/// <summary>What is logged of the counting of signals.</summary>
internal static partial class CensusLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Signals could not be counted; the figures of the console stay as they were. It is tried again."
    )]
    public static partial void NotTaken(ILogger logger, Exception failure);

    [LoggerMessage(2, LogLevel.Debug, "Counted {Signals} signals in force on {Indicators} indicators in {Elapsed}.")]
    public static partial void Taken(ILogger logger, ulong signals, ulong indicators, TimeSpan elapsed);
}
