using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>Opens the tails' database, all connections the same way.</summary>
internal static class TailConnection
{
    // What moves the write-ahead log into the database is TailMaintenance, beside the commits. This is for the day when that
    // fails: 256 MiB.
    private const int CheckpointPages = 64_000;
    private const int CacheKibibytes = 16 * 1024;

    /// <summary>Opens the database for writing, and makes its tables where it has none.</summary>
    /// <param name="file">The database.</param>
    /// <param name="maxBytes">The size that it may reach; null for any.</param>
    /// <exception cref="StorageFormatException">It is not ours, or newer.</exception>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    public static SqliteConnection OpenWriter(string file, long? maxBytes)
    {
        var connection = Connections.Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            SetUp(connection);
            MakeTables(connection, file);
            Limit(connection, maxBytes);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the database, which is there, for reading.</summary>
    public static SqliteConnection OpenReader(string file) => Connections.Open(file, SqliteOpenMode.ReadOnly);

    private static void SetUp(SqliteConnection connection)
    {
        if (Connections.Value<string>(connection, "PRAGMA journal_mode = WAL") != "wal")
        {
            throw new StorageUnavailableException(
                $"SQLite can't keep a write-ahead log beside {connection.DataSource}. The folder must be on a local disk."
            );
        }

        // FULL syncs the log with each commit: nothing is acknowledged that the power could take.
        Connections.Execute(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                PRAGMA synchronous = FULL;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -{CacheKibibytes};
                PRAGMA wal_autocheckpoint = {CheckpointPages};
                PRAGMA trusted_schema = OFF;
                """
            )
        );
    }

    private static void MakeTables(SqliteConnection connection, string file)
    {
        var (application, format) = (Number(connection, "application_id"), Number(connection, "user_version"));
        if ((application, format) == (TailSchema.ApplicationId, TailSchema.Format))
        {
            return;
        }

        if (application != 0 || Connections.Value<long>(connection, "SELECT count(*) FROM sqlite_schema") != 0)
        {
            throw new StorageFormatException(
                $"{file} is not a database of access logs in a format that this version knows. Move it away, or use the version "
                    + "that wrote it."
            );
        }

        Connections.Execute(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                BEGIN;
                PRAGMA application_id = {TailSchema.ApplicationId};
                PRAGMA user_version = {TailSchema.Format};
                {TailSchema.Tables}
                COMMIT;
                """
            )
        );
    }

    private static void Limit(SqliteConnection connection, long? maxBytes)
    {
        if (maxBytes is { } bytes)
        {
            var pages = bytes / Number(connection, "page_size");
            Connections.Execute(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}")
            );
        }
    }

    private static long Number(SqliteConnection connection, string pragma) =>
        Connections.Value<long>(connection, "PRAGMA " + pragma);
}
