using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Storage;

namespace SignalExchange.Audit.Search;

/// <summary>The search index's file: one writer at a time, several readers, each of which sees one moment.</summary>
/// <remarks>Safe from any thread. Reads and writes run on a thread of the pool, for as long as SQLite takes.</remarks>
internal sealed class SearchDatabase : IDisposable
{
    private readonly SearchOptions _options;
    private readonly SearchConnection _writer;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _reading;
    private readonly ConcurrentStack<SearchConnection> _idle = [];

    /// <summary>Opens the file, or makes it.</summary>
    public SearchDatabase(IAccessLogReader log, IOptions<SearchOptions> options, ILogger<SearchDatabase> logger)
    {
        _options = options.Value;
        _reading = new(_options.MaxReaders);
        Origin = log.Origin;
        (_writer, var why) = SearchFile.Open(_options, log.Origin);
        if (why is not null)
        {
            SearchLog.IsMade(logger, _options.File, why);
        }
    }

    /// <summary>Gets the log's origin.</summary>
    public string Origin { get; }

    /// <summary>Writes in one transaction.</summary>
    /// <exception cref="StorageUnavailableException">It failed; nothing was written.</exception>
    public async Task<T> WriteAsync<T>(Func<SearchConnection, T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => _writer.InTransaction("BEGIN IMMEDIATE", write), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw Unavailable(exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Moves everything that was written, and nothing that was overwritten, into the file itself.</summary>
    public async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => _writer["PRAGMA wal_checkpoint(TRUNCATE)"].Run(), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Reads in one transaction.</summary>
    /// <exception cref="StorageUnavailableException">It failed.</exception>
    public async Task<T> ReadAsync<T>(Func<SearchConnection, T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw Unavailable(exception);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Closes the file. Nothing may run meanwhile.</summary>
    public void Dispose()
    {
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }

        _writer.Dispose();
        _writing.Dispose();
        _reading.Dispose();
    }

    private T Read<T>(Func<SearchConnection, T> read)
    {
        var reader = _idle.TryPop(out var idle)
            ? idle
            : new SearchConnection(_options.File, SqliteOpenMode.ReadOnly, _options.CacheMegabytes);
        try
        {
            var result = reader.InTransaction("BEGIN", read);
            _idle.Push(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private StorageUnavailableException Unavailable(SqliteException exception) =>
        new($"The search index '{_options.File}' can't be used: SQLite error {exception.SqliteErrorCode}.", exception);
}
