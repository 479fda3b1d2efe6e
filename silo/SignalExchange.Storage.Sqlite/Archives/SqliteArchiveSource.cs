using Microsoft.Data.Sqlite;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.Storage.Sqlite.Files;

namespace SignalExchange.Storage.Sqlite.Archives;

/// <summary>The embedded storage, read beside the silo that uses it, or with the folder taken so that none does.</summary>
/// <param name="dataFolder">The folder of the database.</param>
/// <param name="logFolder">The folder of the access logs.</param>
/// <param name="isAlone">Whether no silo may use it meanwhile: what it acknowledged then would be lost on the way.</param>
public sealed class SqliteArchiveSource(string dataFolder, string logFolder, bool isAlone) : IArchiveSource
{
    /// <inheritdoc/>
    public Task<IArchive> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var database = Path.Combine(Path.GetFullPath(dataFolder), "exchange.db");
        if (!File.Exists(database))
        {
            throw new StorageFormatException($"{database} is not there: no exchange has its data in this folder.");
        }

        var held = new Stack<IDisposable>();
        try
        {
            if (isAlone)
            {
                held.Push(DataFolder.Take(dataFolder));
                held.Push(LogFolder.Take(logFolder));
            }

            return Task.FromResult<IArchive>(Open(database, held));
        }
        catch (SqliteException exception)
        {
            Release(held);
            throw SqliteErrors.Unavailable(exception, dataFolder);
        }
        catch
        {
            Release(held);
            throw;
        }
    }

    private SqliteArchive Open(string database, Stack<IDisposable> held)
    {
        var connection = Connections.Open(database, SqliteOpenMode.ReadOnly);
        held.Push(connection);
        new DatabaseHeader(
            (int)Connections.Value<long>(connection, "PRAGMA application_id"),
            (int)Connections.Value<long>(connection, "PRAGMA user_version")
        ).Check(database);

        // The first read fixes the moment; what is committed from then on is in the write-ahead log, behind it.
        Connections.Execute(connection, "BEGIN");
        var shards = (int)Connections.Value<long>(connection, "SELECT shard_count FROM exchange");
        var logs = LogMoment.Open(Path.GetFullPath(logFolder));
        held.Push(logs);
        return new SqliteArchive(connection, shards, logs, held);
    }

    private static void Release(Stack<IDisposable> held)
    {
        while (held.TryPop(out var it))
        {
            it.Dispose();
        }
    }
}
