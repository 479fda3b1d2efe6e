using Microsoft.Extensions.Logging;

namespace SignalExchange.Grains.Shards;

/// <summary>What shards say. No token, key or content is a parameter here.</summary>
internal static partial class ShardLog
{
    [LoggerMessage(1, LogLevel.Debug, "Shard {Shard} opened at sequence {Head}.")]
    public static partial void Opened(ILogger logger, int shard, long head);

    [LoggerMessage(2, LogLevel.Debug, "Shard {Shard} committed {Changes} changes in {Elapsed}.")]
    public static partial void Committed(ILogger logger, int shard, int changes, TimeSpan elapsed);

    [LoggerMessage(3, LogLevel.Warning, "Shard {Shard} could not write {Changes} changes: the storage is unavailable.")]
    public static partial void StorageUnavailable(ILogger logger, int shard, int changes);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Shard {Shard} lost the reply to its commit at sequence {Sequence} and reads it back."
    )]
    public static partial void ReplyLost(ILogger logger, Exception failure, int shard, long sequence);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "Shard {Shard} stops writing at sequence {Head}: another writer took over, or what is stored is unknown."
    )]
    public static partial void Fenced(ILogger logger, int shard, long head);

    [LoggerMessage(6, LogLevel.Error, "Shard {Shard} failed to commit {Changes} changes.")]
    public static partial void CommitFailed(ILogger logger, Exception failure, int shard, int changes);

    [LoggerMessage(7, LogLevel.Debug, "Shard {Shard} leaves this silo: its home is another one now.")]
    public static partial void Leaves(ILogger logger, int shard);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "Not every shard of this silo could be opened within {Elapsed}. It is tried again."
    )]
    public static partial void NotOpened(ILogger logger, Exception failure, TimeSpan elapsed);

    [LoggerMessage(9, LogLevel.Error, "Shard {Shard} can't be opened for a write.")]
    public static partial void NotReached(ILogger logger, Exception failure, int shard);

    [LoggerMessage(
        10,
        LogLevel.Warning,
        "Shard {Shard} could not read back its commit at sequence {Sequence}: nobody knows yet whether it is there."
    )]
    public static partial void NotReadBack(ILogger logger, Exception failure, int shard, long sequence);
}
