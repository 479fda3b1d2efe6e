using Microsoft.Data.Sqlite;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Sqlite.AccessLog;

namespace SignalExchange.Storage.Sqlite.Archives;

/// <summary>The access logs at one moment, though a silo writes to them: the tails in a read transaction, and the files that go with it.</summary>
/// <remarks>
/// Files that are replaced (checkpoints) are read before the moment and after it, until both are the same: then no checkpoint speaks of
/// entries that the tails of the moment lack. Partial tiles are read in between: they go when a later checkpoint is there. Files that never
/// change are read later, but those that need more entries than there were.
/// </remarks>
internal sealed class LogMoment : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<(string Log, string Path), byte[]> _passing;

    private LogMoment(string folder, SqliteConnection? tails, Dictionary<(string Log, string Path), byte[]> passing) =>
        (_folder, Tails, _passing) = (folder, tails, passing);

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
                var partials = ReadPartials(folder, tails, before);
                if (AreSame(before, ReadReplaced(folder)))
                {
                    return new(folder, tails, before.Concat(partials).ToDictionary());
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
            .Where(path => !AccessLogPaths.IsPartial(path) && AccessLogPaths.EntriesNeeded(path) <= size);
        var passing = _passing.Keys.Where(it => it.Log == log).Select(it => it.Path);
        return [.. found.Concat(passing).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads a file.</summary>
    public byte[] Read(string log, string path) =>
        _passing.GetValueOrDefault((log, path)) ?? File.ReadAllBytes(Path.Combine(_folder, log, path));

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

    private static Dictionary<(string Log, string Path), byte[]> ReadPartials(
        string folder,
        SqliteConnection tails,
        Dictionary<(string Log, string Path), byte[]> replaced
    )
    {
        using var logs = new Statement(tails, "SELECT name, size, published FROM log");
        var partials = new Dictionary<(string Log, string Path), byte[]>();
        while (logs.Step())
        {
            var log = logs.Text(0);
            var size = logs.Int64(1);
            var checkpoints = replaced.Where(it => it.Key.Log == log).Select(it => (ReadOnlyMemory<byte>)it.Value);
            var folders = PublishedSizes.PartialFolders(logs.Int64(2), checkpoints);
            foreach (var path in folders.SelectMany(it => PathsIn(folder, log, it)))
            {
                if (AccessLogPaths.EntriesNeeded(path) <= size)
                {
                    partials[(log, path)] = File.ReadAllBytes(Path.Combine(folder, log, path));
                }
            }
        }

        return partials;
    }

    private static IEnumerable<string> PathsIn(string folder, string log, string partials)
    {
        var place = Path.Combine(folder, log, partials);
        return Directory.Exists(place)
            ? Directory.EnumerateFiles(place).Select(file => $"{partials}/{Path.GetFileName(file)}")
            : [];
    }

    private static bool AreSame(
        Dictionary<(string Log, string Path), byte[]> before,
        Dictionary<(string Log, string Path), byte[]> after
    ) =>
        before.Count == after.Count
        && before.All(it => after.TryGetValue(it.Key, out var content) && it.Value.AsSpan().SequenceEqual(content));
}
