using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite;

/// <summary>The tables, and what tells that a file is ours and of which version.</summary>
internal static class SqliteSchema
{
    /// <summary>The version that this code writes, in <c>PRAGMA user_version</c>.</summary>
    internal const int Version = 1;

    /// <summary>"SXdb", in <c>PRAGMA application_id</c>.</summary>
    private const int ApplicationId = 0x5358_6462;

    private const string Tables = """
        CREATE TABLE exchange (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        CREATE TABLE shard_head (shard INTEGER PRIMARY KEY, head INTEGER NOT NULL) STRICT;
        CREATE TABLE shard_log (
            shard INTEGER NOT NULL, last_sequence INTEGER NOT NULL, first_sequence INTEGER NOT NULL,
            commit_id BLOB NOT NULL, changes BLOB NOT NULL, PRIMARY KEY (shard, last_sequence)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE indicator (token BLOB PRIMARY KEY, version INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID, STRICT;
        CREATE TABLE grain_state (
            name TEXT NOT NULL, grain_id TEXT NOT NULL, etag INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (name, grain_id)
        ) WITHOUT ROWID, STRICT;
        """;

    /// <summary>Makes the tables of a new file, or checks those of an old one. Changes nothing of a file that is not ours.</summary>
    /// <exception cref="StorageFormatException">The file is another program's, of a newer version, or of another number of shards.</exception>
    public static void Ensure(SqliteConnection connection, int shardCount)
    {
        var applicationId = Ask(connection, "PRAGMA application_id");
        var version = Ask(connection, "PRAGMA user_version");
        if (applicationId == 0 && version == 0 && Ask(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            Create(connection, shardCount);
            return;
        }

        if (applicationId != ApplicationId)
        {
            throw new StorageFormatException(
                "The file exchange.db in the data folder is not a database of SignalExchange."
            );
        }

        if (version != Version)
        {
            throw new StorageFormatException(
                $"The data folder has format {version}; this version reads format {Version}. Use the version that wrote it, or a newer one."
            );
        }

        var stored = Ask(connection, "SELECT value FROM exchange WHERE name = 'shard_count'");
        if (stored != shardCount)
        {
            throw new StorageFormatException(
                $"The exchange was made with {stored} shards, which is fixed for its life; the configuration says {shardCount}."
            );
        }
    }

    private static void Create(SqliteConnection connection, int shardCount)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, Tables);
        Run(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO exchange VALUES ('shard_count', {shardCount}); PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};"
            )
        );
        transaction.Commit();
    }

    private static long Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
