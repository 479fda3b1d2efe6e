using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite.Files;

/// <summary>Makes the database of a folder that has none.</summary>
/// <remarks>
/// 1. Make it under another name. 2. Give it its name. So a database is whole or absent, whenever the power goes. The new
/// name is on stable storage before anything is acknowledged: the first commit makes the write-ahead log, and where SQLite
/// syncs a new log it syncs its folder too.
/// </remarks>
internal static class DatabaseMaker
{
    /// <summary>Makes the database unless it is there; its file is its owner's alone either way.</summary>
    /// <returns>Whether it was made.</returns>
    /// <exception cref="StorageFormatException">A write-ahead log lies there without its database.</exception>
    public static bool MakeIfAbsent(DataFolder folder, int shardCount)
    {
        if (File.Exists(folder.DatabaseFile))
        {
            DataFolder.Protect(folder.DatabaseFile);
            return false;
        }

        if (File.Exists(folder.WriteAheadLogFile))
        {
            // SQLite would play the old log into the new database.
            throw new StorageFormatException(
                $"{folder.WriteAheadLogFile} is there without its database. Restore both, or move it away."
            );
        }

        // 1.
        RemoveUnfinished(folder);
        DataFolder.CreateOwned(folder.UnfinishedFile);
        Fill(folder.UnfinishedFile, shardCount);

        // 2.
        File.Move(folder.UnfinishedFile, folder.DatabaseFile);
        return true;
    }

    /// <summary>Removes what a making that broke off has left.</summary>
    internal static void RemoveUnfinished(DataFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path, Path.GetFileName(folder.UnfinishedFile) + "*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Makes the tables in an empty file.</summary>
    internal static void Fill(string file, int shardCount)
    {
        using var connection = Connections.Open(file, SqliteOpenMode.ReadWrite);
        Connections.Execute(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                PRAGMA synchronous = FULL;
                BEGIN;
                PRAGMA application_id = {Schema.ApplicationId};
                PRAGMA user_version = {Schema.Format};
                {Schema.Tables}
                INSERT INTO exchange VALUES ({shardCount});
                WITH RECURSIVE number (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM number LIMIT {shardCount})
                INSERT INTO shard_head SELECT value, 0 FROM number;
                COMMIT;
                """
            )
        );
    }
}
