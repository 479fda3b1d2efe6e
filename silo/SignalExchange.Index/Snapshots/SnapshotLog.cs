using Microsoft.Extensions.Logging;

namespace SignalExchange.Index.Snapshots;

internal static partial class SnapshotLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "Index has taken up a snapshot of {WrittenAt:u} in {ElapsedMs} ms: {Indicators} indicators in {Bytes} bytes."
    )]
    public static partial void Loaded(
        this ILogger logger,
        DateTimeOffset writtenAt,
        long elapsedMs,
        long indicators,
        long bytes
    );

    [LoggerMessage(2, LogLevel.Information, "Index finds no snapshot.")]
    public static partial void NoSnapshot(this ILogger logger);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Index does not take up the snapshot: {Problem}. It reads the shards' logs from their start instead."
    )]
    public static partial void Refused(this ILogger logger, string problem);

    [LoggerMessage(4, LogLevel.Information, "Index has written a snapshot of {Bytes} bytes in {ElapsedMs} ms.")]
    public static partial void Written(this ILogger logger, long bytes, long elapsedMs);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "Index could not write a snapshot. The one before stays, and the next start reads more of the logs."
    )]
    public static partial void NotWritten(this ILogger logger, Exception exception);
}
