using Microsoft.Extensions.Logging;
using SignalExchange.Storage;

namespace SignalExchange.Index;

internal static partial class IndexLog
{
    [LoggerMessage(1, LogLevel.Information, "Index reads the logs of {Shards} shards, {Parallelism} at a time.")]
    public static partial void Building(this ILogger logger, int shards, int parallelism);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Index has read {Done} of {Shards} shards and holds {Indicators} indicators."
    )]
    public static partial void BuildProgress(this ILogger logger, int done, int shards, long indicators);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "Index was built in {ElapsedMs} ms: {Changes} changes read, {Indicators} indicators in {Bytes} bytes."
    )]
    public static partial void Built(this ILogger logger, long elapsedMs, long changes, long indicators, long bytes);

    [LoggerMessage(4, LogLevel.Information, "Index is ready; {Changes} more changes were read since it was built.")]
    public static partial void Ready(this ILogger logger, long changes);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "Index misses changes of shard {Shard}: it has {Applied}, heard of {Heard}. It reads them from the log."
    )]
    public static partial void GapFound(this ILogger logger, Shard shard, long applied, long heard);

    [LoggerMessage(6, LogLevel.Information, "Index has repaired shard {Shard}: {Changes} changes read from the log.")]
    public static partial void Repaired(this ILogger logger, Shard shard, long changes);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "Index could not repair shard {Shard} and tries again in {DelayMs} ms. Checks of it are passed on meanwhile."
    )]
    public static partial void RepairFailed(this ILogger logger, Shard shard, double delayMs, Exception? exception);

    [LoggerMessage(8, LogLevel.Error, "Index was given a row that it cannot apply, of shard {Shard}.")]
    public static partial void RowRefused(this ILogger logger, Shard shard, Exception exception);

    [LoggerMessage(9, LogLevel.Debug, "Index has removed {Indicators} ended indicators in {ElapsedMs} ms.")]
    public static partial void Swept(this ILogger logger, int indicators, long elapsedMs);

    [LoggerMessage(10, LogLevel.Warning, "Index could not ask the storage where the shards stand. It asks again.")]
    public static partial void HeadsUnreadable(this ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "Index was brought a row of shard {Shard} that it cannot read.")]
    public static partial void RowUnreadable(this ILogger logger, Shard shard, Exception exception);

    [LoggerMessage(
        12,
        LogLevel.Debug,
        "{Rows} rows could not be brought to another silo. It reads from the log what it lacks."
    )]
    public static partial void NotDelivered(ILogger logger, Exception exception, int rows);

    [LoggerMessage(13, LogLevel.Debug, "Silo {Silo} did not say where its shards stand.")]
    public static partial void NoHeartbeat(this ILogger logger, SiloAddress silo, Exception exception);

    [LoggerMessage(14, LogLevel.Debug, "Index has removed {Sketches} sketches of ended templates in {ElapsedMs} ms.")]
    public static partial void TemplatesSwept(this ILogger logger, int sketches, long elapsedMs);
}
