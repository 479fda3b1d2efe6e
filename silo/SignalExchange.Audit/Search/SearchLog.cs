using Microsoft.Extensions.Logging;

namespace SignalExchange.Audit.Search;

internal static partial class SearchLog
{
    [LoggerMessage(1, LogLevel.Information, "Search index {File} is made from the log: {Why}.")]
    public static partial void IsMade(ILogger logger, string file, string why);

    [LoggerMessage(2, LogLevel.Information, "Search index has read {Entries} entries of the log and goes on with it.")]
    public static partial void Follows(ILogger logger, long entries);

    [LoggerMessage(3, LogLevel.Error, "Search index stopped at entry {Index} and tries again in {DelayMs} ms.")]
    public static partial void Stopped(ILogger logger, long index, double delayMs, Exception exception);

    [LoggerMessage(
        4,
        LogLevel.Information,
        "Search index forgot {Entries} entries of {Period}, whose key was destroyed."
    )]
    public static partial void Shredded(ILogger logger, long entries, string period);

    [LoggerMessage(5, LogLevel.Warning, "Anomaly rules raised {Alarms} alarms on entries up to {Index}.")]
    public static partial void Alarms(ILogger logger, long alarms, long index);
}
