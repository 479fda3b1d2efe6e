using Npgsql;
using NpgsqlTypes;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>PostgreSQL on this machine, all of its data in its buffers: one prepared query a batch, a connection for each.</summary>
internal sealed class PostgresLookup : ITokenLookup
{
    private readonly PostgresServer _server;
    private readonly NpgsqlDataSource _database;

    private PostgresLookup(PostgresServer server, NpgsqlDataSource database) =>
        (_server, _database) = (server, database);

    /// <summary>Makes a server and fills it.</summary>
    public static async Task<PostgresLookup> Start(int known)
    {
        // Nothing is written while it is measured; what is lost in a crash does not matter.
        var server = await PostgresServer.StartNewAsync(
            CancellationToken.None,
            "shared_buffers=1GB",
            "jit=off",
            "fsync=off",
            "max_wal_size=4GB"
        );
        var source = NpgsqlDataSource.Create(
            server.ConnectionString("postgres") + ";Max Auto Prepare=4;Auto Prepare Min Usages=1;Maximum Pool Size=64"
        );
        var lookup = new PostgresLookup(server, source);
        await lookup.Fill(known);
        return lookup;
    }

    public async ValueTask<IReadOnlyList<int>> Find(ReadOnlyMemory<byte> packedTokens)
    {
        var tokens = new byte[packedTokens.Length / Token.Size][];
        for (var place = 0; place < tokens.Length; place++)
        {
            tokens[place] = packedTokens.Span.Slice(place * Token.Size, Token.Size).ToArray();
        }

        await using var command = _database.CreateCommand("SELECT token FROM indicator WHERE token = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = tokens });
        List<int>? found = null;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var token = reader.GetFieldValue<byte[]>(0);
            (found ??= []).Add(Array.FindIndex(tokens, it => it.AsSpan().SequenceEqual(token)));
        }

        return found ?? (IReadOnlyList<int>)[];
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task Fill(int known)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await Execute(connection, "CREATE TABLE indicator (token bytea NOT NULL, summary integer NOT NULL)");
        await using (
            var rows = await connection.BeginBinaryImportAsync(
                "COPY indicator (token, summary) FROM STDIN (FORMAT BINARY)"
            )
        )
        {
            for (var number = 0; number < known; number++)
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(KnownTokens.At(number).ToArray(), NpgsqlDbType.Bytea);
                await rows.WriteAsync(1, NpgsqlDbType.Integer);
            }

            await rows.CompleteAsync();
        }

        // A unique index by token: what a primary key is.
        await Execute(connection, "ALTER TABLE indicator ADD PRIMARY KEY (token)");
        await Execute(connection, "VACUUM (ANALYZE, FREEZE) indicator");
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}
