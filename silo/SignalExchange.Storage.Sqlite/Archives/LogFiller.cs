using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Files;
using SignalExchange.Storage.Sqlite.AccessLog;
using SignalExchange.Storage.Sqlite.Files;

namespace SignalExchange.Storage.Sqlite.Archives;

/// <summary>Fills a new folder of access logs.</summary>
internal sealed class LogFiller : IDisposable
{
    private readonly string _folder;
    private readonly SqliteConnection _tails;
    private readonly Statement _log;
    private readonly Statement _tail;
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);

    /// <summary>Begins.</summary>
    /// <param name="folder">The folder, empty.</param>
    public LogFiller(string folder)
    {
        _folder = folder;
        var file = Path.Combine(folder, "tail.db");
        DataFolder.CreateOwned(file);
        _tails = TailConnection.OpenWriter(file, maxBytes: null);
        Connections.Execute(_tails, "BEGIN");
        _log = new(_tails, "INSERT INTO log (id, name, epoch, first, size, published) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _tail = new(_tails, "INSERT INTO tail (position, count, digest, records) VALUES (?1, ?2, ?3, ?4)");
    }

    /// <summary>Adds a record.</summary>
    public void Add(ArchiveRecord record)
    {
        switch (record)
        {
            case ArchivedAccessLog it:
                Add(it);
                break;
            case ArchivedTail it:
                Add(it);
                break;
            case ArchivedResource it:
                Add(it);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "A kind of another database.");
        }
    }

    /// <summary>Brings everything to stable storage, in the database itself.</summary>
    public void Finish()
    {
        Connections.Execute(_tails, "COMMIT");
        Connections.Execute(_tails, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _tail.Dispose();
        _tails.Dispose();
    }

    private void Add(ArchivedAccessLog log)
    {
        AccessLogPaths.CheckLog(log.Log);
        _ids[log.Log] = _ids.Count + 1;
        _log.Bind(1, _ids[log.Log])
            .Bind(2, log.Log)
            .Bind(3, log.Epoch)
            .Bind(4, log.Extent.First)
            .Bind(5, log.Extent.Size)
            .Bind(6, log.Extent.Published)
            .Run();
    }

    private void Add(ArchivedTail row)
    {
        var position = TailPosition.Of(_ids[row.Log], row.FirstIndex);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        TailRowCodec.Digest(position, row.Count, row.Records.Span, digest);
        _tail.Bind(1, position).Bind(2, row.Count).Bind(3, digest).Bind(4, row.Records.Span).Run();
    }

    private void Add(ArchivedResource resource)
    {
        AccessLogPaths.CheckLog(resource.Log);
        AccessLogPaths.CheckResource(resource.Path);
        var file = Path.Combine(_folder, resource.Log, resource.Path);
        DurableFiles.CreateFolder(Path.GetDirectoryName(file)!);
        DurableFiles.Write(file, resource.Content.Span);
    }
}
