using Microsoft.Data.Sqlite;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Files;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.Storage.Sqlite.Files;

namespace SignalExchange.Storage.Sqlite.Archives;

/// <summary>Folders without a database and without access logs.</summary>
/// <param name="dataFolder">The folder of the database; may hold keys.</param>
/// <param name="logFolder">The folder of the access logs; may hold their keys.</param>
/// <remarks>
/// Both databases and the logs' files are made under other names. Then the logs get theirs, one after the other, and the database, last:
/// without it no silo finds anything, and another try begins anew.
/// </remarks>
public sealed class SqliteArchiveTarget(string dataFolder, string logFolder) : IArchiveTarget
{
    private const string Unfinished = ".restored";

    private readonly string _logFolder = Path.GetFullPath(logFolder);

    /// <inheritdoc/>
    public async Task WriteAsync(
        int shardCount,
        IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellationToken
    )
    {
        using var folder = DataFolder.Take(dataFolder);
        using var logs = LogFolder.Take(_logFolder);
        RefuseUnlessEmpty(folder, logs);
        var aside = _logFolder + Unfinished;
        try
        {
            DatabaseMaker.RemoveUnfinished(folder);
            Remove(aside);
            await WriteAside(folder, aside, shardCount, records, cancellationToken);
            PutInPlace(folder, aside);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Unavailable(exception, folder.Path);
        }
        finally
        {
            DatabaseMaker.RemoveUnfinished(folder);
            Remove(aside);
        }
    }

    /// <inheritdoc/>
    public IArchiveSource ToSource() => new SqliteArchiveSource(dataFolder, _logFolder, isAlone: true);

    private static async Task WriteAside(
        DataFolder folder,
        string aside,
        int shardCount,
        IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellationToken
    )
    {
        DataFolder.CreateOwned(folder.UnfinishedFile);
        DatabaseMaker.Fill(folder.UnfinishedFile, shardCount);
        DurableFiles.CreateFolder(aside);
        using (var database = new DatabaseFiller(folder.UnfinishedFile, shardCount))
        using (var logs = new LogFiller(aside))
        {
            await foreach (var record in records.WithCancellation(cancellationToken))
            {
                if (record.Kind is ArchiveKind.State or ArchiveKind.LogRow or ArchiveKind.Indicator)
                {
                    database.Add(record);
                }
                else
                {
                    logs.Add(record);
                }
            }

            database.Finish();
            logs.Finish();
        }
    }

    private void PutInPlace(DataFolder folder, string aside)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(aside))
        {
            Directory.Move(path, Path.Combine(_logFolder, Path.GetFileName(path)));
        }

        DurableFiles.FlushFolderOf(Path.Combine(_logFolder, "tail.db"));
        File.Move(folder.UnfinishedFile, folder.DatabaseFile);
        DurableFiles.FlushFolderOf(folder.DatabaseFile);
    }

    private static void RefuseUnlessEmpty(DataFolder folder, LogFolder logs)
    {
        string[] databases =
        [
            folder.DatabaseFile,
            folder.WriteAheadLogFile,
            logs.DatabaseFile,
            logs.DatabaseFile + "-wal",
        ];
        var taken =
            Array.Find(databases, File.Exists)
            ?? Directory
                .EnumerateDirectories(logs.Path)
                .FirstOrDefault(path => Storage.AccessLog.AccessLogPaths.IsLog(Path.GetFileName(path)));
        if (taken is not null)
        {
            throw new StorageFormatException(
                $"{taken} is there already. Only an empty storage is written to: move it away, or name another folder."
            );
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
