using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>The least that a durable submission can cost on PostgreSQL: the rows of <see cref="BareLoop"/> by COPY, a transaction a batch.</summary>
internal sealed class BareCopy(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS bare_indicator (token bytea PRIMARY KEY, state bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS bare_log (position bigserial PRIMARY KEY, changes bytea NOT NULL);
        """;

    private readonly BareRows _rows = new();

    /// <summary>Connects, and makes the tables.</summary>
    public static async Task<BareCopy> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var make = new NpgsqlCommand(Tables, connection);
        await make.ExecuteNonQueryAsync();
        return new(connection);
    }

    /// <summary>Commits a batch of submissions.</summary>
    public async Task Commit(int batch)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await CopyIndicators(batch);
        await using var log = new NpgsqlCommand("INSERT INTO bare_log (changes) VALUES ($1)", connection, transaction);
        log.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _rows.ChangesOf(batch) });
        await log.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task CopyIndicators(int count)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "COPY bare_indicator (token, state) FROM STDIN (FORMAT BINARY)"
        );
        for (var i = 0; i < count; i++)
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(RandomNumberGenerator.GetBytes(32), NpgsqlDbType.Bytea);
            await rows.WriteAsync(_rows.State, NpgsqlDbType.Bytea);
        }

        await rows.CompleteAsync();
    }
}
