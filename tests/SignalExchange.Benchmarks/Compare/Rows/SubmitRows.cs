using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Peers;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Benchmarks.Compare.Rows;

/// <summary>One stream of new signals in batches of 1,000, each durable when it is answered, against bare inserts of the same bytes.</summary>
internal static class SubmitRows
{
    private const int Batch = 1_000;
    private const int BatchesUnderWay = 4;

    // One process of Node.js is the whole of Azurite: a turn is long enough with a quarter of the batches.
    private const int TimesSlower = 4;

    /// <summary>Runs that of SQLite.</summary>
    public static Task<IReadOnlyList<ComparedRow>> RunSqlite(CompareStage stage) =>
        Run(
            stage,
            "submit stream, SQLite: bare batched inserts",
            new(stage.NewFolder(), stage.KeyFile),
            new(Batch, File: stage.NewFolder() + ".db")
        );

    /// <summary>Runs that of PostgreSQL; both sides on one server as Debian sets it up, but for more memory.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> RunPostgres(CompareStage stage)
    {
        await using var server = await PostgresServer.StartNewAsync(
            CancellationToken.None,
            "shared_buffers=512MB",
            "max_wal_size=4GB"
        );
        await server.CreateDatabaseAsync("ours", CancellationToken.None);
        await server.CreateDatabaseAsync("bare", CancellationToken.None);
        var rows = await Run(
            stage,
            "submit stream, PostgreSQL: bare COPY",
            new(stage.NewFolder(), stage.KeyFile, Postgres: server.ConnectionString("ours")),
            new(Batch, Postgres: server.ConnectionString("bare"), UnderWay: BatchesUnderWay)
        );
        await stage.Clear();
        return rows;
    }

    /// <summary>Runs that of Azure Tables: both sides on one Azurite, which keeps everything in memory, with an account each.</summary>
    public static async Task<IReadOnlyList<ComparedRow>> RunAzure(CompareStage stage)
    {
        await using var azurite = await AzuriteProcess.StartAsync(accounts: 2, isKept: false, CancellationToken.None);
        var rows = await Run(
            stage,
            "submit stream, Azurite: bare entity group transactions",
            new(stage.NewFolder(), stage.KeyFile, Azure: azurite.ConnectionString()),
            new(Batch, Azure: azurite.ConnectionString(account: 2), UnderWay: BatchesUnderWay),
            TimesSlower
        );
        await stage.Clear();
        return rows;
    }

    private static async Task<IReadOnlyList<ComparedRow>> Run(
        CompareStage stage,
        string name,
        ExchangeSettings ours,
        BareInsertsSettings peer,
        int timesSlower = 1
    )
    {
        var batches = Math.Max(1, stage.Scale.SubmitBatches / timesSlower);
        var exchange = await stage.StartExchange(ours);
        var bare = stage.Start(ChildRoles.BareInserts, peer, isServer: true);
        await bare.Read<string>();
        Contestant[] sides =
        [
            await stage.StartLoad(
                "ours",
                new(exchange.Address, stage.KeyFile, stage.KeyId, LoadKind.SubmitStream, Batch, BatchesUnderWay),
                batches
            ),
            new("bare", () => bare.Ask<LoadResult>(new LoadOrder(stage.Scale.Seconds, batches))),
        ];
        return await new Contest(sides, stage.Scale.Rounds).Run(rounds =>
            [
                ComparedRow.Of(
                    name,
                    "signals/s",
                    Signals(rounds.Rates("ours")),
                    Signals(rounds.Rates("bare")),
                    Target.AtLeast(0.5)
                ),
            ]
        );
    }

    private static double[] Signals(IEnumerable<double> batches) => [.. batches.Select(rate => rate * Batch)];
}
