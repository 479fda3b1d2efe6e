using Npgsql;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Reads;

/// <summary>How large the database is, asked once a minute: whoever reads metrics does not wait for a server. Safe from any thread.</summary>
internal sealed class DatabaseSize : IAsyncDisposable
{
    private const long Unknown = -1;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly DatabasePool _pool;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _asking;
    private long _bytes = Unknown;

    /// <summary>Begins to ask.</summary>
    /// <param name="pool">Where to ask.</param>
    /// <param name="clock">Measures the minute.</param>
    public DatabaseSize(DatabasePool pool, TimeProvider clock)
    {
        _pool = pool;
        _asking = RunAsync(clock, _closing.Token);
    }

    /// <summary>Gets the bytes of its tables and indexes; null before the first answer.</summary>
    public long? Bytes => Interlocked.Read(ref _bytes) is not Unknown and var bytes ? bytes : null;

    /// <summary>Asks no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _asking;
        _closing.Dispose();
    }

    private async Task RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await AskAsync(cancellationToken);
            } while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The storage is being closed.
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            Interlocked.Exchange(ref _bytes, await _pool.ReadAsync(SizeAsync, 0, cancellationToken));
        }
        catch (StorageUnavailableException)
        {
            // The writers tell that the database is gone; the next minute asks again.
        }
    }

    private static async Task<long> SizeAsync(NpgsqlConnection connection, int _, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
