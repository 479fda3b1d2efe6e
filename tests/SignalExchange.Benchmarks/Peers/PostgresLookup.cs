using Npgsql;
using NpgsqlTypes;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>PostgreSQL on a Unix socket, all of its data in its buffers: one prepared query a batch, a connection for each.</summary>
internal sealed class PostgresLookup : ITokenLookup
{
    private const string User = "exchange";

    private readonly string _folder;
    private readonly OwnServer _server;
    private readonly NpgsqlDataSource _database;

    private PostgresLookup(string folder, OwnServer server, NpgsqlDataSource database) =>
        (_folder, _server, _database) = (folder, server, database);

    /// <summary>Makes a server and fills it.</summary>
    public static async Task<PostgresLookup> Start(int known)
    {
        var folder = await OwnServer.MakeFolder("postgres");
        var data = Path.Combine(folder, "data");
        await OwnServer.Run(
            folder,
            [Tool("initdb"), "-D", data, "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        );
        var port = FreePort.Find();
        var source = NpgsqlDataSource.Create(
            $"Host={folder};Port={port};Database=postgres;Username={User};Max Auto Prepare=4;Auto Prepare Min Usages=1;Maximum Pool Size=64"
        );
        var server = await OwnServer.Start(
            folder,
            [
                Tool("postgres"),
                "-D",
                data,
                "-p",
                $"{port}",
                "-c",
                "listen_addresses=",
                "-c",
                $"unix_socket_directories={folder}",
                "-c",
                "shared_buffers=1GB",
                "-c",
                "jit=off",
                "-c",
                "fsync=off",
                "-c",
                "max_wal_size=4GB",
            ],
            () => Answers(source)
        );
        var lookup = new PostgresLookup(folder, server, source);
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
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> Answers(NpgsqlDataSource database)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
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

    // Debian keeps the server's programs out of the path, a folder a version.
    private static string Tool(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Order(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin", name))
                .LastOrDefault(File.Exists)
                ?? name
            : name;
}
