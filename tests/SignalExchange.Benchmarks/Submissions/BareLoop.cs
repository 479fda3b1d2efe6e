using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>The least that a durable submission can cost on SQLite: its two rows, many to a transaction, one fsync each.</summary>
internal sealed class BareLoop : IDisposable
{
    // What the exchange's own writer sets (WriterConnection): with other pragmas this would be another engine.
    private const string Pragmas = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -65536;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        """;

    private const string Tables = """
        CREATE TABLE indicator (id INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, state BLOB NOT NULL);
        CREATE TABLE log (position INTEGER PRIMARY KEY, changes BLOB NOT NULL);
        """;

    private readonly SqliteConnection _connection;
    private readonly BareRows _rows = new();

    public BareLoop(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute(Pragmas);
        Execute(Tables);
    }

    /// <summary>Commits so many submissions, in transactions of so many.</summary>
    public void Commit(int count, int batch)
    {
        using var indicator = Prepare("INSERT INTO indicator (token, state) VALUES ($key, $value)", "$key", "$value");
        using var log = Prepare("INSERT INTO log (changes) VALUES ($value)", "$value");
        for (var done = 0; done < count; done += batch)
        {
            using var transaction = _connection.BeginTransaction();
            (indicator.Transaction, log.Transaction) = (transaction, transaction);
            var size = Math.Min(batch, count - done);
            for (var i = 0; i < size; i++)
            {
                indicator.Parameters[0].Value = RandomNumberGenerator.GetBytes(32);
                indicator.Parameters[1].Value = _rows.State;
                indicator.ExecuteNonQuery();
            }

            log.Parameters[0].Value = _rows.ChangesOf(size);
            log.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter(name, SqliteType.Blob));
        }

        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
