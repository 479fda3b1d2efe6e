using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite;

/// <summary>Opens connections as this engine needs them.</summary>
internal static class SqliteConnections
{
    /// <summary>Opens the one connection that writes.</summary>
    /// <remarks>
    /// WAL with synchronous=FULL: a commit returns after fsync of the log, so what was acknowledged survives a power cut. The
    /// log is folded back every 1,000 pages by SQLite itself, which bounds it as long as readers come to an end; ours read a page
    /// of rows and let go.
    /// </remarks>
    public static SqliteConnection OpenWriter(string file, long? maxBytes)
    {
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
        if (maxBytes is { } limit)
        {
            using var pageSize = connection.CreateCommand();
            pageSize.CommandText = "PRAGMA page_size";
            var pages = limit / (long)pageSize.ExecuteScalar()!;
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
        }

        return connection;
    }

    /// <summary>Opens a connection that reads.</summary>
    public static SqliteConnection OpenReader(string file) => Open(file, SqliteOpenMode.ReadOnly);

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
        };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
