using System.Net.Sockets;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;
using StackExchange.Redis;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>Redis on a Unix socket, in memory only: one MGET a batch; batches share a connection, pipelined.</summary>
internal sealed class RedisLookup : ITokenLookup
{
    private const int TokensAtOnce = 10_000;

    private readonly string _folder;
    private readonly OwnServer _server;
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;

    private RedisLookup(string folder, OwnServer server, ConnectionMultiplexer connection) =>
        (_folder, _server, _connection, _database) = (folder, server, connection, connection.GetDatabase());

    /// <summary>Starts a server and fills it.</summary>
    public static async Task<RedisLookup> Start(int known)
    {
        var folder = await OwnServer.MakeFolder("redis");
        var socket = Path.Combine(folder, "redis.sock");
        var server = await OwnServer.Start(
            folder,
            ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no"],
            () => Task.FromResult(File.Exists(socket))
        );
        var options = new ConfigurationOptions { EndPoints = { new UnixDomainSocketEndPoint(socket) } };
        var lookup = new RedisLookup(folder, server, await ConnectionMultiplexer.ConnectAsync(options));
        await lookup.Fill(known);
        return lookup;
    }

    public async ValueTask<IReadOnlyList<int>> Find(ReadOnlyMemory<byte> packedTokens)
    {
        var keys = new RedisKey[packedTokens.Length / Token.Size];
        for (var place = 0; place < keys.Length; place++)
        {
            keys[place] = packedTokens.Span.Slice(place * Token.Size, Token.Size).ToArray();
        }

        var values = await _database.StringGetAsync(keys);
        List<int>? found = null;
        for (var place = 0; place < values.Length; place++)
        {
            if (!values[place].IsNull)
            {
                (found ??= []).Add(place);
            }
        }

        return found ?? (IReadOnlyList<int>)[];
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Fill(int known)
    {
        RedisValue summary = "\0\0\0\u0001";
        for (var first = 0; first < known; first += TokensAtOnce)
        {
            var numbers = Enumerable.Range(first, Math.Min(TokensAtOnce, known - first));
            await _database.StringSetAsync([
                .. numbers.Select(number => KeyValuePair.Create((RedisKey)KnownTokens.At(number).ToArray(), summary)),
            ]);
        }
    }
}
