using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace SignalExchange.Storage.Sqlite;

/// <summary>A few connections that read; a read waits for a free one. WAL lets them read while the writer writes.</summary>
internal sealed class SqliteReaders(string file, int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    /// <summary>Reads with one of the connections.</summary>
    /// <remarks>
    /// On the pool, not on the caller's scheduler: a read that has to go to the disk would hold up a grain's turn. The hop costs
    /// a few microseconds, against tens for the read.
    /// </remarks>
    /// <exception cref="StorageUnavailableException">The database cannot be read.</exception>
    public async Task<T> Read<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => ReadOnce(read), cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw new StorageUnavailableException("The database cannot be read.", failure);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _free.Dispose();
    }

    private T ReadOnce<T>(Func<SqliteConnection, T> read)
    {
        var connection = _idle.TryTake(out var idle) ? idle : SqliteConnections.OpenReader(file);
        var result = read(connection);
        _idle.Add(connection);
        return result;
    }
}
