using Microsoft.Data.Sqlite;

namespace SignalExchange.Audit.Search;

/// <summary>Opens the index's file, and makes a new one where it is absent, of another log or format, or damaged.</summary>
internal static class SearchFile
{
    private const int PrimaryCode = 0xFF;

    // SQLITE_ERROR (a table is not there), CORRUPT, CONSTRAINT, MISMATCH, FORMAT, NOTADB: of what we wrote SQLite says none of them. And
    // READONLY: of a header whose version no writer knows.
    private static readonly int[] Damage = [1, 8, 11, 19, 20, 24, 26];

    /// <summary>Opens the file for writing.</summary>
    /// <returns>The connection, and why the file was made anew; null when it was not.</returns>
    public static (SearchConnection Connection, string? Why) Open(SearchOptions options, string origin, byte[] key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.File))!);
        if (!File.Exists(options.File))
        {
            return (Make(options, origin, key), "there was none");
        }

        var (connection, problem) = TryOpen(options, origin, key);
        if (connection is not null)
        {
            return (connection, null);
        }

        Delete(options.File);
        return (Make(options, origin, key), problem);
    }

    /// <summary>Whether SQLite says that the file is not what it wrote.</summary>
    public static bool IsDamage(SqliteException exception) => Damage.Contains(exception.SqliteErrorCode & PrimaryCode);

    /// <summary>Removes the file and what SQLite keeps beside it.</summary>
    public static void Delete(string file)
    {
        foreach (var suffix in new[] { "-wal", "-shm", "" })
        {
            File.Delete(file + suffix);
        }
    }

    private static (SearchConnection?, string) TryOpen(SearchOptions options, string origin, byte[] key)
    {
        SearchConnection? connection = null;
        try
        {
            connection = new(options.File, SqliteOpenMode.ReadWrite, options.CacheMegabytes, key);
            var problem = FindProblem(connection, origin);
            if (problem is null)
            {
                Configure(connection);
                SearchSeal.Follow(connection);
                return (connection, "");
            }

            connection.Dispose();
            return (null, problem);
        }
        catch (SqliteException exception) when (IsDamage(exception))
        {
            connection?.Dispose();
            return (null, "it was damaged");
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static string? FindProblem(SearchConnection connection, string origin)
    {
        if (
            connection["PRAGMA application_id"].Value() != SearchSchema.ApplicationId
            || connection["PRAGMA user_version"].Value() != SearchSchema.Format
        )
        {
            return "it was of another format";
        }

        return connection["SELECT origin FROM progress"].All(row => row.Text(0)) is [var stored] && stored == origin
            ? null
            : "it was of another log";
    }

    private static SearchConnection Make(SearchOptions options, string origin, byte[] key)
    {
        var connection = new SearchConnection(
            options.File,
            SqliteOpenMode.ReadWriteCreate,
            options.CacheMegabytes,
            key
        );
        Configure(connection);
        connection.InTransaction(
            "BEGIN IMMEDIATE",
            it =>
            {
                it.Execute(SearchSchema.Tables);
                it.Execute($"PRAGMA application_id = {SearchSchema.ApplicationId}");
                it.Execute($"PRAGMA user_version = {SearchSchema.Format}");
                it["INSERT INTO progress (origin, size) VALUES (?1, 0)"].Bind(1, origin).Run();
                SearchSeal.Store(it);
                return 0;
            }
        );
        SearchSeal.Follow(connection);
        return connection;
    }

    // What is lost with a power cut is read from the log again, so nothing waits for the disk. What is deleted is overwritten.
    private static void Configure(SearchConnection connection) =>
        connection.Execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"
        );
}
