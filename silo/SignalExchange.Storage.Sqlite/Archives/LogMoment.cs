using Microsoft.Data.Sqlite;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite.AccessLog;

namespace SignalExchange.Storage.Sqlite.Archives;

/// <summary>The access logs at one moment, though a silo writes to them: the tails in a read transaction, and the files that go with it.</summary>
/// <remarks>
/// Files that are replaced (checkpoints) are read before the moment and after it, until both are the same: then no checkpoint speaks of
/// entries that the tails of the moment lack. Files that never change are read later, but those that need more entries than there were.
/// </remarks>
internal sealed class LogMoment : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<(string Log, string Path), byte[]> _replaced;

    private LogMoment(string folder, SqliteConnection? tails, Dictionary<(string Log, string Path), byte[]> replaced) =>
        (_folder, Tails, _replaced) = (folder, tails, replaced);

    /// <summary>Gets the tails; null when no log was ever written.</summary>
    public SqliteConnection? Tails { get; }

    /// <summary>Fixes the moment.</summary>
    public static LogMoment Open(string folder)
    {
        var database = Path.Combine(folder, "tail.db");
        if (!File.Exists(database) || new FileInfo(database).Length == 0)
        {
            return new(folder, null, []);
        }

        var tails = TailConnection.OpenReader(database);
        try
        {
            while (true)
            {
                var before = ReadReplaced(folder);
                Connections.Execute(tails, "BEGIN");
                _ = Connections.Value<long>(tails, "SELECT count(*) FROM log");
                if (AreSame(before, ReadReplaced(folder)))
                {
                    return new(folder, tails, before);
                }

                Connections.Execute(tails, "ROLLBACK");
            }
        }
        catch
        {
            tails.Dispose();
            throw;
        }
    }

    /// <summary>Returns the paths of a log's files, in the order of their bytes.</summary>
    /// <param name="log">The log.</param>
    /// <param name="size">The entries that it had.</param>
    public IReadOnlyList<string> PathsOf(string log, long size)
    {
        var root = Path.Combine(_folder, log);
        if (!Directory.Exists(root))
        {
            return [];
        }

        var found = Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => AccessLogPaths.IsResource(path) && AccessLogPaths.IsImmutable(path))
            .Where(path => AccessLogPaths.EntriesNeeded(path) <= size);
        var replaced = _replaced.Keys.Where(it => it.Log == log).Select(it => it.Path);
        return [.. found.Concat(replaced).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads a file; null for a partial one that a full one has followed since it was listed.</summary>
    public byte[]? Read(string log, string path)
    {
        if (_replaced.TryGetValue((log, path), out var content))
        {
            return content;
        }

        try
        {
            return File.ReadAllBytes(Path.Combine(_folder, log, path));
        }
        catch (Exception exception)
            when (exception is FileNotFoundException or DirectoryNotFoundException && AccessLogPaths.IsPartial(path))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Tails?.Dispose();

    private static Dictionary<(string Log, string Path), byte[]> ReadReplaced(string folder)
    {
        string[] paths = [AccessLogPaths.Checkpoint, AccessLogPaths.SignedCheckpoint, AccessLogPaths.VerifierKey];
        return Directory
            .EnumerateDirectories(folder)
            .Select(it => Path.GetFileName(it))
            .Where(AccessLogPaths.IsLog)
            .SelectMany(log => paths.Select(path => (Log: log, Path: path)))
            .Where(it => File.Exists(Path.Combine(folder, it.Log, it.Path)))
            .ToDictionary(it => it, it => File.ReadAllBytes(Path.Combine(folder, it.Log, it.Path)));
    }

    private static bool AreSame(
        Dictionary<(string Log, string Path), byte[]> before,
        Dictionary<(string Log, string Path), byte[]> after
    ) =>
        before.Count == after.Count
        && before.All(it => after.TryGetValue(it.Key, out var content) && it.Value.AsSpan().SequenceEqual(content));
}
