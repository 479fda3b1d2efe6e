using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>The one connection that writes, with its statements prepared. Not safe from two threads at a time.</summary>
internal sealed class WriterConnection : IDisposable
{
    // The pages after which a commit also moves the log's pages into the database: 16 MiB, four times SQLite's default.
    // That bounds the log, and with it the time of a recovery; measured 15 to 30 % more commits a second than the
    // default, because a page that many commits touch moves once. Readers can't hold it up: none lasts beyond a page.
    private const int CheckpointPages = 4000;
    private const long MaxIdleLogBytes = 64 * 1024 * 1024;
    private const int CacheKibibytes = 64 * 1024;

    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _savepoint;
    private readonly Statement _takeBack;
    private readonly Statement _release;

    private WriterConnection(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _savepoint = new(connection, "SAVEPOINT one_write");
        _takeBack = new(connection, "ROLLBACK TO one_write");
        _release = new(connection, "RELEASE one_write");
        Shards = new(connection);
        GrainStates = new(connection);
    }

    public ShardStatements Shards { get; }

    public GrainStateStatements GrainStates { get; }

    /// <summary>Opens the connection. The database must be one of ours.</summary>
    /// <param name="file">The database.</param>
    /// <param name="maxBytes">The size that it may reach; null for any.</param>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    /// <exception cref="StorageUnavailableException">The file system can't do what a write-ahead log needs.</exception>
    public static WriterConnection Open(string file, long? maxBytes)
    {
        var connection = Connections.Open(file, SqliteOpenMode.ReadWrite);
        try
        {
            SetUp(connection, maxBytes);
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction.</summary>
    public void Begin() => _begin.Run();

    /// <summary>Begins a part of the transaction that can be taken back alone.</summary>
    public void BeginPart() => _savepoint.Run();

    /// <summary>Ends the part that was begun last.</summary>
    /// <param name="keep">Whether what it wrote stays.</param>
    public void EndPart(bool keep)
    {
        if (!keep)
        {
            _takeBack.Run();
        }

        _release.Run();
    }

    /// <summary>Makes the transaction durable.</summary>
    public void Commit() => _commit.Run();

    /// <summary>Gets whether a transaction is open: SQLite ends it by itself after some errors.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Takes the transaction back, if SQLite has not done so.</summary>
    public void Rollback()
    {
        if (IsInTransaction)
        {
            Connections.Execute(_connection, "ROLLBACK");
        }
    }

    /// <summary>Moves the whole write-ahead log into the database and empties it.</summary>
    public void Checkpoint() => Connections.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _savepoint.Dispose();
        _takeBack.Dispose();
        _release.Dispose();
        Shards.Dispose();
        GrainStates.Dispose();
        _connection.Dispose();
    }

    private static void SetUp(SqliteConnection connection, long? maxBytes)
    {
        if (Connections.Value<string>(connection, "PRAGMA journal_mode = WAL") != "wal")
        {
            throw new StorageUnavailableException(
                $"SQLite can't keep a write-ahead log beside {connection.DataSource}. The folder must be on a local disk."
            );
        }

        // FULL syncs the log with each commit; NORMAL, which many use with WAL, loses the last commits with the power.
        // Savepoints keep what they may have to take back in memory, not in a file of their own.
        Connections.Execute(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                PRAGMA synchronous = FULL;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -{CacheKibibytes};
                PRAGMA wal_autocheckpoint = {CheckpointPages};
                PRAGMA journal_size_limit = {MaxIdleLogBytes};
                PRAGMA trusted_schema = OFF;
                """
            )
        );

        if (maxBytes is { } bytes)
        {
            var pages = bytes / Connections.Value<long>(connection, "PRAGMA page_size");
            Connections.Execute(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}")
            );
        }
    }
}
