using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SignalExchange.Storage.Sqlite.Files;

namespace SignalExchange.Storage.Sqlite.Reads;

/// <summary>The connections that read, opened when first needed. Reads see the last commit and don't wait for writes.</summary>
internal sealed class ReaderPool(DataFolder folder, int maxReaders) : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(maxReaders);
    private readonly ConcurrentStack<ReaderConnection> _idle = [];
    private bool _isClosed;

    /// <summary>Runs a read on the caller's thread, as soon as a connection is free.</summary>
    /// <param name="read">The read. It must be short: it keeps the thread and the connection.</param>
    /// <param name="subject">What the read is about.</param>
    /// <param name="cancellationToken">Honoured until the read begins.</param>
    /// <exception cref="StorageUnavailableException">The read failed.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async ValueTask<TResult> ReadAsync<TSubject, TResult>(
        Func<ReaderConnection, TSubject, TResult> read,
        TSubject subject,
        CancellationToken cancellationToken
    )
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(SqliteExchangeStore));
            return Read(read, subject);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Unavailable(exception, folder.Path);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Waits for the reads that run and closes their connections; reads that come later fail.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < maxReaders; i++)
        {
            await _places.WaitAsync();
        }

        _isClosed = true;
        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }

        _places.Release(maxReaders);
    }

    private TResult Read<TSubject, TResult>(Func<ReaderConnection, TSubject, TResult> read, TSubject subject)
    {
        var connection = _idle.TryPop(out var idle) ? idle : new ReaderConnection(folder.DatabaseFile);
        try
        {
            var result = read(connection, subject);
            _idle.Push(connection);
            return result;
        }
        catch
        {
            // It may be in doubt; the next read opens another.
            connection.Dispose();
            throw;
        }
    }
}
