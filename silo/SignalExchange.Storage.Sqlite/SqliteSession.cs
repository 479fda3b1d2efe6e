using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SignalExchange.Storage.Sqlite.Files;
using SignalExchange.Storage.Sqlite.Reads;
using SignalExchange.Storage.Sqlite.Writes;

namespace SignalExchange.Storage.Sqlite;

/// <summary>All that an open storage holds: the folder's lock, the writer and the readers.</summary>
internal sealed class SqliteSession : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly GroupCommitter _committer;

    private SqliteSession(DataFolder folder, GroupCommitter committer, SqliteStorageOptions options)
    {
        (_folder, _committer) = (folder, committer);
        Writer = new(committer, options);
        Readers = new(folder, options.MaxReaders);
    }

    public WriteLoop Writer { get; }

    public ReaderPool Readers { get; }

    /// <summary>Gets the transactions so far, whatever became of them.</summary>
    public long Transactions => _committer.Transactions;

    /// <summary>Gets whether the last group was written.</summary>
    public bool IsWritable => _committer.IsWritable;

    /// <summary>Gets the bytes of the database and its write-ahead log.</summary>
    public long FileBytes => _folder.Bytes();

    /// <summary>Gets the bytes that are free on the folder's disk.</summary>
    public long FreeBytes => _folder.FreeBytes();

    /// <summary>Returns the bytes by which the database may still grow.</summary>
    /// <param name="maxBytes">How large it may become; null for as large as the disk.</param>
    public long Available(long? maxBytes) => Math.Min(FreeBytes, (maxBytes - FileBytes) ?? long.MaxValue);

    /// <summary>Takes the folder, makes or recovers the database in it and starts the writer.</summary>
    public static SqliteSession Open(SqliteStorageOptions options, ILogger logger)
    {
        var folder = DataFolder.Take(options.DataDirectory);
        try
        {
            return Open(folder, options, logger);
        }
        catch (SqliteException exception)
        {
            folder.Dispose();
            throw SqliteErrors.Unavailable(exception, folder.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            folder.Dispose();
            throw DataFolder.Unusable(folder.Path, exception);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Readers.DisposeAsync();
        await Writer.DisposeAsync();
        _folder.Dispose();
    }

    private static SqliteSession Open(DataFolder folder, SqliteStorageOptions options, ILogger logger)
    {
        if (folder.ModeOpenToOthers() is { } mode)
        {
            SqliteStorageLog.FolderIsOpenToOthers(logger, folder.Path, mode);
        }

        if (DatabaseMaker.MakeIfAbsent(folder, options.ShardCount))
        {
            SqliteStorageLog.Created(logger, folder.Path, options.ShardCount);
        }

        DatabaseCheck.Check(folder.DatabaseFile, options.ShardCount);
        var committer = new GroupCommitter(folder, options.MaxDatabaseBytes, logger);
        committer.Connect();
        SqliteStorageLog.Opened(logger, folder.Path, folder.Bytes(), options.ShardCount);
        return new(folder, committer, options);
    }
}
