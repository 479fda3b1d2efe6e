using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace SignalExchange.Storage.Sqlite;

/// <summary>A statement that is prepared once and run often. Not safe from two threads at a time.</summary>
/// <remarks>
/// Straight on SQLite's own functions, which <see cref="SqliteConnection.Handle"/> is there for: commands and readers
/// allocate, copy and look parameters up by name each time, which costs a commit a sixth of its processor time.
/// </remarks>
internal sealed class Statement : IDisposable
{
    // Throws where a string is not one of Unicode: two such strings must not become one key.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares a statement.</summary>
    /// <param name="connection">The connection; the statement must be disposed before it.</param>
    /// <param name="sql">The text; its parameters are ?1, ?2 and so on.</param>
    /// <exception cref="SqliteException">SQLite refuses it.</exception>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(sqlite3_prepare_v3(_database, sql, SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets a parameter. It keeps its value until it is set again.</summary>
    public Statement Bind(int parameter, long value)
    {
        Check(sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Sets a parameter to a copy of the bytes.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Sets a parameter.</summary>
    /// <exception cref="ArgumentException">The text has half a surrogate pair.</exception>
    public Statement Bind(int parameter, string value)
    {
        Check(sqlite3_bind_text(_statement, parameter, Utf8.GetBytes(value)));
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows an INSERT, UPDATE or DELETE changed.</returns>
    /// <exception cref="SqliteException">It failed; what it had written is taken back.</exception>
    public int Run()
    {
        try
        {
            while (Step()) { }

            return sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Goes to the next row. The caller calls <see cref="Reset"/> when it has read enough.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Step()
    {
        var code = sqlite3_step(_statement);
        Check(code);
        return code == SQLITE_ROW;
    }

    /// <summary>Ends the run, and with it the read transaction.</summary>
    public void Reset() => _ = sqlite3_reset(_statement); // Repeats the error of the step before, which has been thrown.

    /// <summary>Reads a column of the row.</summary>
    public long Int64(int column) => sqlite3_column_int64(_statement, column);

    /// <summary>Reads a column of the row, without a copy: good until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => sqlite3_column_blob(_statement, column);

    /// <summary>Reads a column of the row.</summary>
    public string Text(int column) => Utf8.GetString(Blob(column));

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code is not (SQLITE_OK or SQLITE_ROW or SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
