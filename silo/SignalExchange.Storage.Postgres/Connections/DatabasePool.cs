using Npgsql;

namespace SignalExchange.Storage.Postgres.Connections;

/// <summary>Runs work on the database's connections, a bounded number at a time. Safe from any thread.</summary>
/// <remarks>
/// A server that was restarted leaves connections that look whole. Npgsql drops them all when one of them fails, so after a
/// second of silence a connection is asked whether it lives before a write is sent on it: else the first write after a restart
/// would be one of which nobody can tell whether it happened.
/// </remarks>
internal sealed class DatabasePool : IAsyncDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _places;
    private readonly int _places0;
    private readonly TimeProvider _clock;
    private long _heardAt;
    private bool _isClosed;

    /// <summary>Creates the pool; it connects when there is work.</summary>
    /// <param name="settings">From <see cref="ConnectionSettings.Read"/>.</param>
    /// <param name="name">What the server shows in pg_stat_activity.</param>
    /// <param name="places">How many connections, at most.</param>
    /// <param name="clock">Measures silence.</param>
    public DatabasePool(NpgsqlConnectionStringBuilder settings, string name, int places, TimeProvider clock)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            ApplicationName = name,
            MaxPoolSize = places,
            MinPoolSize = 0,
        };
        Where = ConnectionSettings.Describe(own);
        _source = NpgsqlDataSource.Create(own);
        (_places, _places0, _clock) = (new(places), places, clock);
        _heardAt = clock.GetTimestamp();
    }

    /// <summary>Gets the database in words: name, host and port.</summary>
    public string Where { get; }

    /// <summary>Runs a read; once more when its connection turned out to be a dead one.</summary>
    /// <exception cref="StorageUnavailableException">It failed.</exception>
    /// <exception cref="ObjectDisposedException">The storage is closed.</exception>
    public async ValueTask<TResult> ReadAsync<TSubject, TResult>(
        Func<NpgsqlConnection, TSubject, CancellationToken, Task<TResult>> read,
        TSubject subject,
        CancellationToken cancellationToken
    )
    {
        await EnterAsync(cancellationToken);
        try
        {
            try
            {
                return await OnceAsync(read, subject, cancellationToken);
            }
            catch (NpgsqlException exception) when (IsDeadConnection(exception))
            {
                return await OnceAsync(read, subject, cancellationToken);
            }
        }
        catch (Exception exception) when (PostgresErrors.IsStorage(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.Unavailable(exception, Where);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Runs one transaction, sent as a whole.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="cancellationToken">Honoured until it is sent.</param>
    /// <exception cref="StorageUnavailableException">Nothing was written.</exception>
    /// <exception cref="CommitUnknownException">Nobody can tell whether it was written.</exception>
    /// <exception cref="ObjectDisposedException">The storage is closed.</exception>
    public async Task<TResult> WriteAsync<TSubject, TResult>(
        Func<NpgsqlConnection, TSubject, Task<TResult>> write,
        TSubject subject,
        CancellationToken cancellationToken
    )
    {
        await EnterAsync(cancellationToken);
        try
        {
            await using var connection = await ConnectAsync(cancellationToken);
            try
            {
                var result = await write(connection, subject);
                NoteHeard();
                return result;
            }
            catch (Exception exception) when (PostgresErrors.IsStorage(exception))
            {
                throw PostgresErrors.OfCommit(exception, Where);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Waits for the work that runs and closes the connections; work that comes later fails.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _places0; i++)
        {
            await _places.WaitAsync();
        }

        _isClosed = true;
        await _source.DisposeAsync();
        _places.Release(_places0);
    }

    // The connection was open and broke; a wait that ran out is no sign of that, and one that never opened won't now.
    private static bool IsDeadConnection(NpgsqlException exception) =>
        exception is { IsTransient: true, InnerException: IOException }
        || exception
            is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown };

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        if (_isClosed)
        {
            _places.Release();
            throw new ObjectDisposedException("The storage is closed.", (Exception?)null);
        }
    }

    private async Task<TResult> OnceAsync<TSubject, TResult>(
        Func<NpgsqlConnection, TSubject, CancellationToken, Task<TResult>> read,
        TSubject subject,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        var result = await read(connection, subject, cancellationToken);
        NoteHeard();
        return result;
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_clock.GetElapsedTime(Volatile.Read(ref _heardAt)) > Silence)
            {
                await AskAsync(cancellationToken);
            }

            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (PostgresErrors.IsStorage(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.Unavailable(exception, Where);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OnceAsync(SelectNothingAsync, 0, cancellationToken);
        }
        catch (NpgsqlException exception) when (IsDeadConnection(exception))
        {
            // Npgsql has dropped the others with it.
        }
    }

    private static async Task<int> SelectNothingAsync(
        NpgsqlConnection connection,
        int _,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("SELECT", connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void NoteHeard() => Volatile.Write(ref _heardAt, _clock.GetTimestamp());
}
