using System.Globalization;
using Npgsql;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.Faults.Tests.Network;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>Silos over one PostgreSQL of their own; what they say to the database passes a proxy, too.</summary>
public class FaultyCluster : FaultySilos
{
    private readonly List<TcpProxy> _proxies = [];
    private PostgresServer? _database;

    /// <summary>Gets the way of each silo to the database.</summary>
    internal IReadOnlyList<Link> DatabaseLinks { get; } =
    [.. Enumerable.Range(0, Silos).Select(_ => new Link(new(), new()))];

    internal PostgresServer Database => _database!;

    internal override async Task<IReadOnlyList<ShardRows>> ReadLogsAsync()
    {
        await using var source = NpgsqlDataSource.Create(
            Database.ConnectionString("exchange") + ";Search Path=signalexchange;Pooling=false"
        );
        var heads = await QueryAsync(source, "SELECT shard, head, 0 FROM shard_head");
        var rows = await QueryAsync(
            source,
            "SELECT shard, first_sequence, last_sequence FROM shard_log ORDER BY shard, last_sequence"
        );
        var byShard = rows.ToLookup(row => row.Shard, row => (row.First, row.Last));
        return [.. heads.Select(head => new ShardRows(head.Shard, head.First, [.. byShard[head.Shard]]))];
    }

    protected override async Task StartStorageAsync()
    {
        _database = await MakeDatabaseAsync();
        await _database.CreateDatabaseAsync("exchange", Ct);
    }

    /// <summary>Makes and starts the server.</summary>
    protected virtual Task<PostgresServer> MakeDatabaseAsync() => PostgresServer.StartNewAsync(Ct);

    protected override IEnumerable<string> StorageSettings(int silo)
    {
        var proxy = new TcpProxy(Database.Port, _ => DatabaseLinks[silo]);
        proxy.Start();
        _proxies.Add(proxy);
        return
        [
            "--Exchange:Storage:Engine",
            "Postgres",
            "--Exchange:Storage:Postgres:ConnectionString",
            Database
                .ConnectionString("exchange")
                .Replace($"Port={Database.Port}", $"Port={proxy.Port}", StringComparison.Ordinal),
        ];
    }

    protected override async ValueTask DisposeStorageAsync()
    {
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private static async Task<List<(int Shard, ulong First, ulong Last)>> QueryAsync(
        NpgsqlDataSource source,
        string sql
    )
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<(int, ulong, ulong)>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(
                (
                    reader.GetInt32(0),
                    (ulong)reader.GetInt64(1),
                    Convert.ToUInt64(reader.GetValue(2), CultureInfo.InvariantCulture)
                )
            );
        }

        return rows;
    }
}
