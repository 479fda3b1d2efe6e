using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite.Files;

/// <summary>Whether a database is one that this exchange may open.</summary>
internal static class DatabaseCheck
{
    /// <summary>Throws unless the database is ours, of a known format and made with the stated number of shards.</summary>
    /// <exception cref="StorageFormatException">It is not. Nothing was changed.</exception>
    public static void Check(string file, int shardCount)
    {
        DatabaseHeader.Read(file).Check(file);

        // The same once more, as it is after the last commits, which a crash leaves in the write-ahead log.
        using var connection = Connections.Open(file, SqliteOpenMode.ReadOnly);
        new DatabaseHeader(
            (int)Connections.Value<long>(connection, "PRAGMA application_id"),
            (int)Connections.Value<long>(connection, "PRAGMA user_version")
        ).Check(file);
        CheckShardCount(file, Connections.Value<long>(connection, "SELECT shard_count FROM exchange"), shardCount);
    }

    private static void CheckShardCount(string file, long stored, int stated)
    {
        if (stored != stated)
        {
            throw new StorageFormatException(
                $"{file} was made with {stored} shards, the settings say {stated}. "
                    + $"The number is fixed for the life of an exchange: set ShardCount to {stored}."
            );
        }
    }
}
