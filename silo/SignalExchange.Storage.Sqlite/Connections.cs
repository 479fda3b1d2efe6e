using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite;

/// <summary>Opens connections, all the same way.</summary>
internal static class Connections
{
    // How long SQLite tries again when another program, a backup for instance, has the file locked.
    private const string BusyTimeout = "PRAGMA busy_timeout = 5000";

    /// <summary>Opens a connection that is closed for good when disposed.</summary>
    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        Execute(connection, BusyTimeout);
        return connection;
    }

    /// <summary>Runs statements that have no parameters.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads one value.</summary>
    public static TValue Value<TValue>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (TValue)command.ExecuteScalar()!;
    }
}
