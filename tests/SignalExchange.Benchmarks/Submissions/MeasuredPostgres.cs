using System.Globalization;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>A PostgreSQL server of this benchmark's own, durable as it comes.</summary>
internal sealed class MeasuredPostgres : MeasuredEngine
{
    private readonly PostgresServer _server;
    private readonly BareCopy _bare;

    private MeasuredPostgres(PostgresServer server, BareCopy bare)
    {
        (_server, _bare) = (server, bare);
        Settings =
        [
            "--Exchange:Storage:Engine",
            nameof(StorageEngine.Postgres),
            "--Exchange:Storage:Postgres:ConnectionString",
            server.ConnectionString("exchange"),
            "--Exchange:SiloPort",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
        ];
    }

    public override IReadOnlyList<string> Settings { get; }

    public static async Task<MeasuredPostgres> Start()
    {
        var server = await PostgresServer.StartNewAsync(CancellationToken.None);
        await server.CreateDatabaseAsync("bare", CancellationToken.None);
        await server.CreateDatabaseAsync("exchange", CancellationToken.None);
        return new(server, await BareCopy.Open(server.ConnectionString("bare")));
    }

    public override async Task Commit(int count, int batch)
    {
        for (var done = 0; done < count; done += batch)
        {
            await _bare.Commit(Math.Min(batch, count - done));
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _bare.DisposeAsync();
        await _server.DisposeAsync();
    }
}
