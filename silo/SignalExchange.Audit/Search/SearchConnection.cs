using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SignalExchange.Audit.Search;

/// <summary>A connection to the search index with its statements, each prepared when first run. Not safe from two threads at a time.</summary>
internal sealed class SearchConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    /// <summary>Opens the connection.</summary>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    /// <param name="file">The file.</param>
    /// <param name="mode">For reading or for writing.</param>
    /// <param name="cacheMegabytes">How much of it is kept in memory.</param>
    /// <param name="key">The key of <see cref="Sums"/>.</param>
    public SearchConnection(string file, SqliteOpenMode mode, int cacheMegabytes, byte[] key)
    {
        _connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        _connection.Open();
        Sums = new(_connection, key);
        Execute(
            $"PRAGMA busy_timeout = 5000; PRAGMA cache_size = {-1024 * cacheMegabytes}; PRAGMA cell_size_check = ON;"
        );
    }

    /// <summary>Gets the sum of the rows that SQL handed to it.</summary>
    public RowSums Sums { get; }

    /// <summary>Gets the statement of a text. A caller that steps through one must not run the same one meanwhile.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
            {
                _statements.Add(sql, statement = new(_connection, sql));
            }

            return statement;
        }
    }

    /// <summary>Runs statements that have no parameters.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs what reads or writes in one transaction; an exception takes it back.</summary>
    public T InTransaction<T>(string begin, Func<SearchConnection, T> run)
    {
        this[begin].Run();
        try
        {
            var result = run(this);
            this["COMMIT"].Run();
            return result;
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle) == 0) // some failures have taken it back already
            {
                Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
