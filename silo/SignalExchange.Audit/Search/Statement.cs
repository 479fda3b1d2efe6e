using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace SignalExchange.Audit.Search;

/// <summary>A statement that is prepared once and run often. Not safe from two threads at a time.</summary>
/// <remarks>Straight on SQLite's own functions: building the index runs several for each entry, and commands box every value.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares a statement; its parameters are ?1, ?2 and so on.</summary>
    /// <exception cref="SqliteException">SQLite refuses it.</exception>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(sqlite3_prepare_v3(_database, sql, SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets a parameter; null is NULL. It keeps its value until it is set again.</summary>
    public Statement Bind(int parameter, long? value)
    {
        Check(
            value is { } number
                ? sqlite3_bind_int64(_statement, parameter, number)
                : sqlite3_bind_null(_statement, parameter)
        );
        return this;
    }

    /// <summary>Sets a parameter to a copy of the bytes.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Sets a parameter.</summary>
    public Statement Bind(int parameter, string value)
    {
        Check(sqlite3_bind_text(_statement, parameter, Encoding.UTF8.GetBytes(value)));
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows an INSERT, UPDATE or DELETE changed.</returns>
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

    /// <summary>Reads the first column of the first row.</summary>
    /// <returns>Its number; null when there is no row or it is NULL.</returns>
    public long? Value()
    {
        try
        {
            return Step() ? Number(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads every row.</summary>
    public List<T> All<T>(Func<Statement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(read(this));
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>Goes to the next row. The caller calls <see cref="Reset"/> when it has read enough.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var code = sqlite3_step(_statement);
        Check(code);
        return code == SQLITE_ROW;
    }

    /// <summary>Ends the run.</summary>
    public void Reset() => _ = sqlite3_reset(_statement); // Repeats the error of the step before, which has been thrown.

    /// <summary>Reads a column; NULL is 0.</summary>
    public long Int64(int column) => sqlite3_column_int64(_statement, column);

    /// <summary>Reads a column.</summary>
    public long? Number(int column) =>
        sqlite3_column_type(_statement, column) == SQLITE_NULL ? null : sqlite3_column_int64(_statement, column);

    /// <summary>Reads a column, without a copy: good until the next step. NULL is empty.</summary>
    public ReadOnlySpan<byte> Blob(int column) => sqlite3_column_blob(_statement, column);

    /// <summary>Reads a column; NULL is empty.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

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
