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
    private readonly byte[] _key;
    private readonly ILogger<SearchDatabase> _logger;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _reading;
    private readonly ConcurrentStack<SearchConnection> _idle = [];
    private SearchConnection _writer;
    private volatile bool _isDamaged;

    /// <summary>Opens the file, or makes it.</summary>
    public SearchDatabase(
        IAccessLogReader log,
        IOptions<SearchOptions> options,
        PageTokenKey key,
        ILogger<SearchDatabase> logger
    )
    {
        _options = options.Value;
        _reading = new(_options.MaxReaders);
        (_key, _logger) = (key.Authenticate("signalexchange audit-search rows 1"u8), logger);
        Origin = log.Origin;
        (_writer, var why) = SearchFile.Open(_options, log.Origin, _key);
        if (why is not null)
        {
            SearchLog.IsMade(logger, _options.File, why);
        }
    }

    /// <summary>Gets whether the file was found not to be what was written: <see cref="MakeAnewAsync"/> mends it.</summary>
    public bool IsDamaged => _isDamaged;

    /// <summary>Gets the log's origin.</summary>
    public string Origin { get; }

    /// <summary>Writes in one transaction.</summary>
    /// <exception cref="StorageUnavailableException">It failed; nothing was written.</exception>
    public async Task<T> WriteAsync<T>(Func<SearchConnection, T> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Write(write), cancellationToken);
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

    /// <summary>Reads all of the file, and compares it with what was written.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    /// <exception cref="StorageUnavailableException">It could not be read.</exception>
    public async Task<string?> FindDamageAsync(CancellationToken cancellationToken)
    {
        try
        {
            var damage = await ReadAsync(SearchSeal.FindDamage, cancellationToken);
            _isDamaged = damage is not null;
            return damage;
        }
        catch (StorageUnavailableException) when (_isDamaged)
        {
            return "it was damaged";
        }
    }

    /// <summary>Removes the file and makes an empty one. Whoever reads or writes is waited for.</summary>
    public async Task MakeAnewAsync(string why, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        var readers = 0;
        try
        {
            for (; readers < _options.MaxReaders; readers++)
            {
                await _reading.WaitAsync(cancellationToken);
            }

            Close();
            SearchFile.Delete(_options.File);
            (_writer, _) = SearchFile.Open(_options, Origin, _key);
            _isDamaged = false;
            SearchLog.IsMade(_logger, _options.File, why);
        }
        finally
        {
            if (readers > 0)
            {
                _reading.Release(readers);
            }

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
        Close();
        _writing.Dispose();
        _reading.Dispose();
    }

    private void Close()
    {
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }

        _writer.Dispose();
    }

    private T Write<T>(Func<SearchConnection, T> write)
    {
        try
        {
            return _writer.InTransaction(
                "BEGIN IMMEDIATE",
                connection =>
                {
                    var result = write(connection);
                    SearchSeal.Store(connection);
                    return result;
                }
            );
        }
        catch
        {
            SearchSeal.Reread(_writer);
            throw;
        }
    }

    private T Read<T>(Func<SearchConnection, T> read)
    {
        var reader = _idle.TryPop(out var idle)
            ? idle
            : new SearchConnection(_options.File, SqliteOpenMode.ReadOnly, _options.CacheMegabytes, _key);
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

    private StorageUnavailableException Unavailable(SqliteException exception)
    {
        _isDamaged |= SearchFile.IsDamage(exception);
        return new(
            $"The search index '{_options.File}' can't be used: SQLite error {exception.SqliteErrorCode}.",
            exception
        );
    }
}
